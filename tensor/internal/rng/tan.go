package rng

import (
	"math"
	"sync"
)

// tanPoints says by how many 2⁻⁵⁶ the points near 16/256, 17/256, … lie off, at which tangent and cotangent are tabulated: chosen such
// that both lie very near to float64 numbers (Gal 1991). Many points have that property; these give glibc's tangents, to the bit.
var tanPoints = [...]int64{
	508665184, 454717456, 621142864, -52673966, -469793633, -305571569, 15631351, -351933887, -603646473, -477833301, -461167801, 658850019,
	-21025125, 592613445, -663574487, -13485180, 433005354, -595471824, 427893754, 456289602, -625057008, 199283874, -59087044, -619636002,
	93587994, -458867016, 653169444, -608463270, -399338688, -261511358, -81654316, 516502686, -569542736, 70829672, -417722708, 547223874,
	310572640, -700954664, -164743130, 359958908, 578442364, -381943396, 200024918, 686594518, 695850220, -84726918, 428255340, 61060198,
	405819080, 237064776, 347957324, 183004116, -577172732, 215485376, -67868596, -597632652, -67078144, -116823640, 377161580, 3621380,
	-260623188, -620539264, 449158732, 483802764, -252943556, 3623584, -288302004, -331026480, -540926172, 573366352, -548051560, 586977856,
	669652220, 493190952, 207232872, -685555832, -529020732, -372973192, 153776300, 195922656, 355027780, -454557044, -277723388, -616015976,
	199021500, 331080400, 276503976, 537999644, 132156780, -298730464, -319451260, -674139872, 337825072, 705807408, -632576160, 168019252,
	4491076, -69629272, 638672992, -334344452, -179677060, -125016432, -382233000, -104175196, 660185096, -326870692, 687610408, 112640384,
	-42978300, -453673168, -399030724, -185959320, -249540608, -90455200, -149418568, 57783800, -351972840, 465246016, -119322360, -130504104,
	401009952, 242256384, 646421160, 131621968, 326665624, -397686848, -324788136, -556731128, -456873576, 157051184, 665236856, -435953968,
	560771528, 502353152, -716638064, -196983672, -197613224, -32687864, -75162736, 565658032, -436948472, -38357424, 614104928, 531528696,
	692082376, 620223272, 28206512, 430127288, 402729896, 719297544, 644908824, 191039240, -55347120, 62338904, 512322008, -415247256,
	428712784, -526113680, -605643608, 7234048, 394172384, -171948976, 127815728, -185198688, 513919792, -709641192, -441254840, -491762360,
	-495485904, 40682904, -525696088, 616960024, -118312528, 288793296, 310717776, 605536624, 271057392, -540237688, 306650392, 170789560,
	288460232, 586924352, -30132616, -332257744, -227292744, 564734200,
}

// tanPoint is a point with its tangent and cotangent.
type tanPoint struct{ x, tan, cot float64 }

var tanTable = sync.OnceValue(func() (table [len(tanPoints)]tanPoint) {
	for i, off := range tanPoints {
		x := float64(i+16)/256 + float64(off)*0x1p-56
		sin, cos := bigSinCos(x)
		tan, _ := newBig(0).Quo(sin, cos).Float64()
		cot, _ := newBig(0).Quo(cos, sin).Float64()
		table[i] = tanPoint{x, tan, cot}
	}
	return table
})

// tan returns the tangent of x in [-π/2, π/2].
func tan(x float64) float64 {
	if x < 0 {
		return -tan(-x)
	}
	const nearZero, quarter = 0x1.f212dp-5, 0x1.92f1ap-1 // 0.0608 and 0.787, about π/4
	switch {
	case x <= 1.259e-8:
		return x
	case x <= nearZero:
		return math.FMA(tanSeries(x*x), x*(x*x), x)
	case x <= quarter:
		at, of := nearestTan(x, 0)
		return at.tan + of*(at.cot+at.tan)/(at.cot-of)
	}
	// the cotangent of what is left to π/2, which stands in three parts
	y := 0x1.921fb58p0 - x - 0x1.dde973cp-27
	a := y - 0x1.cb3b399d747f2p-55
	d := y - a - 0x1.cb3b399d747f2p-55
	if a <= nearZero {
		b := sum(a, math.FMA(a*(a*a), tanSeries(a*a), d))
		q := 1 / b.hi
		product := q * b.hi
		return q + math.FMA(-q, b.lo, 1-product-math.FMA(q, b.hi, -product))/b.hi
	}
	at, of := nearestTan(a, d)
	return at.cot - of*(at.tan+at.cot)/(at.tan+of)
}

// tanSeries is tan(x)/x³ - 1/x² by the square of a small x.
func tanSeries(square float64) float64 {
	return polynomial(square, 0x1.5555555555555p-2, 0x1.11111111107c6p-3, 0x1.ba1ba1cdb8745p-5, 0x1.664ed49cfc666p-6, 0x1.2385a3cf2e4eap-7)
}

// nearestTan returns the tabulated point nearest to x+d, and the tangent of the distance to it.
func nearestTan(x, d float64) (at tanPoint, of float64) {
	at = tanTable()[int(math.FMA(256, x, -15.5))]
	z := x - at.x + d
	q := z * z
	return at, math.FMA(z*q, polynomial(q, 0x1.5555555554dbdp-2, 0x1.11112e0a6b45fp-3), z)
}

// sum is a + b exactly.
func sum(a, b float64) pair {
	s := a + b
	of := s - a
	return pair{s, (a - (s - of)) + (b - of)}
}
