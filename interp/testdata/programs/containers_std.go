package main

import (
	"bufio"
	"bytes"
	"container/heap"
	"container/list"
	"container/ring"
	"crypto/md5"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"encoding/csv"
	"encoding/hex"
	"fmt"
	"hash/crc32"
	"hash/fnv"
	"html/template"
	"io"
	"math"
	"math/big"
	"math/bits"
	"math/cmplx"
	"os"
	"regexp"
	"sort"
	"strconv"
	"strings"
	"text/tabwriter"
	ttemplate "text/template"
	"time"
	"unicode"
	"unicode/utf8"
)

type Item struct {
	name     string
	priority int
	index    int
}
type PQ []*Item

func (q PQ) Len() int           { return len(q) }
func (q PQ) Less(i, j int) bool { return q[i].priority > q[j].priority }
func (q PQ) Swap(i, j int)      { q[i], q[j] = q[j], q[i]; q[i].index = i; q[j].index = j }
func (q *PQ) Push(x any)        { it := x.(*Item); it.index = len(*q); *q = append(*q, it) }
func (q *PQ) Pop() any {
	old := *q
	it := old[len(old)-1]
	*q = old[:len(old)-1]
	return it
}

type IntHeap []int

func (h IntHeap) Len() int           { return len(h) }
func (h IntHeap) Less(i, j int) bool { return h[i] < h[j] }
func (h IntHeap) Swap(i, j int)      { h[i], h[j] = h[j], h[i] }
func (h *IntHeap) Push(x any)        { *h = append(*h, x.(int)) }
func (h *IntHeap) Pop() any {
	n := len(*h)
	x := (*h)[n-1]
	*h = (*h)[:n-1]
	return x
}

type byLen []string

func (b byLen) Len() int           { return len(b) }
func (b byLen) Less(i, j int) bool { return len(b[i]) < len(b[j]) }
func (b byLen) Swap(i, j int)      { b[i], b[j] = b[j], b[i] }

type rot13 struct{ r io.Reader }

func (r rot13) Read(p []byte) (int, error) {
	n, err := r.r.Read(p)
	for i, c := range p[:n] {
		switch {
		case c >= 'a' && c <= 'z':
			p[i] = 'a' + (c-'a'+13)%26
		case c >= 'A' && c <= 'Z':
			p[i] = 'A' + (c-'A'+13)%26
		}
	}
	return n, err
}

type counter struct{ n int }

func (c *counter) Write(p []byte) (int, error) { c.n += len(p); return len(p), nil }

type Emp struct {
	Name   string
	Salary float64
	Skills []string
	Boss   *Emp
}

func (e Emp) Upper() string        { return strings.ToUpper(e.Name) }
func (e *Emp) Raise(p int) float64 { return e.Salary * (1 + float64(p)/100) }

func main() {
	pq := PQ{}
	for i, n := range []string{"low", "high", "mid"} {
		heap.Push(&pq, &Item{name: n, priority: []int{1, 9, 5}[i]})
	}
	it := pq[len(pq)-1]
	it.priority = 10
	heap.Fix(&pq, it.index)
	for pq.Len() > 0 {
		it := heap.Pop(&pq).(*Item)
		fmt.Print(it.priority, " ")
	}
	h := &IntHeap{5, 2, 8}
	heap.Init(h)
	heap.Push(h, 3)
	fmt.Println(heap.Pop(h), *h)
	l := list.New()
	e4 := l.PushBack(4)
	e1 := l.PushFront(1)
	l.InsertBefore(3, e4)
	l.InsertAfter("two", e1)
	for e := l.Front(); e != nil; e = e.Next() {
		fmt.Print(e.Value, " ")
	}
	l.Remove(e4)
	fmt.Println(l.Len())
	r := ring.New(4)
	for i := range r.Len() {
		r.Value = i
		r = r.Next()
	}
	r.Do(func(p any) { fmt.Print(p.(int), ",") })
	words := byLen{"ccc", "a", "bb", "dd"}
	sort.Stable(words)
	fmt.Println(words, sort.IsSorted(words))
	sort.Sort(sort.Reverse(sort.StringSlice(words)))
	fmt.Println(words, sort.SearchInts([]int{1, 3, 5}, 4))
	sc := bufio.NewScanner(strings.NewReader("one two\nthree  four\n\nfive"))
	for n := 1; sc.Scan(); n++ {
		fmt.Printf("%d:%q ", n, sc.Text())
	}
	sc = bufio.NewScanner(strings.NewReader("a bb  ccc"))
	sc.Split(bufio.ScanWords)
	for sc.Scan() {
		fmt.Print(len(sc.Bytes()), " ")
	}
	fmt.Println()
	text, _ := io.ReadAll(rot13{strings.NewReader("Uryyb, Jbeyq!")})
	fmt.Println(string(text))
	var cw counter
	fmt.Fprintf(io.MultiWriter(&cw, io.Discard), "%05d|%-5s|%5.2f", 42, "ab", math.Pi)
	fmt.Println(cw.n)
	tr := io.TeeReader(strings.NewReader("tee"), &cw)
	io.Copy(io.Discard, tr)
	fmt.Println(cw.n)
	cr := csv.NewReader(strings.NewReader("name,age\n\"Smith, J\",42\nx,\"a\"\"b\"\n"))
	recs, err := cr.ReadAll()
	fmt.Println(recs, len(recs), err)
	w := csv.NewWriter(os.Stdout)
	w.Write([]string{"a b", "c,d", `e"f`})
	w.Flush()
	fmt.Println(base64.StdEncoding.EncodeToString([]byte("hello?>")), base64.URLEncoding.EncodeToString([]byte("hello?>")), hex.EncodeToString([]byte{1, 255}))
	fmt.Printf("%x %x %08x\n", md5.Sum([]byte("a")), sha256.Sum256([]byte("b")), crc32.ChecksumIEEE([]byte("c")))
	f := fnv.New32a()
	f.Write([]byte("hash"))
	fmt.Println(f.Sum32())
	buf := binary.BigEndian.AppendUint32(nil, 0xdeadbeef)
	fmt.Println(buf, binary.LittleEndian.Uint16(buf))
	a, _ := new(big.Int).SetString("123456789012345678901234567890", 10)
	b := big.NewInt(987654321)
	fmt.Println(new(big.Int).Mul(a, b), new(big.Int).Exp(big.NewInt(2), big.NewInt(100), nil), a.Cmp(b), new(big.Int).Mod(a, b))
	rat := big.NewRat(1, 3)
	fmt.Println(rat.Add(rat, big.NewRat(1, 6)), rat.FloatString(5))
	fmt.Println(bits.OnesCount(255), bits.LeadingZeros32(1), bits.TrailingZeros(8), bits.Reverse8(1), bits.Len(1023), bits.RotateLeft8(0x81, 1))
	z := complex(3, 4)
	fmt.Println(cmplx.Abs(z), real(z), imag(z), z*z, cmplx.Sqrt(-1), z/complex(0, 1), -z, z == 3+4i)
	fmt.Printf("%.2f %v\n", cmplx.Exp(1i*math.Pi), complex64(z))
	re := regexp.MustCompile(`(?P<y>\d{4})-(?P<m>\d\d)`)
	fmt.Println(re.FindAllString("2024-01 x 2023-12", -1), re.ReplaceAllString("2024-01", "$m/$y"), re.FindStringSubmatch("a 1999-07")[1:], re.SubexpNames())
	fmt.Println(re.ReplaceAllStringFunc("2024-01", strings.ToLower), regexp.MustCompile(`a+b`).FindStringIndex("xaab"))
	fmt.Println(strconv.Quote("a\tb\u00e9\x00"), strconv.FormatInt(-255, 16), strconv.FormatFloat(1.0/3, 'e', 3, 64), strconv.AppendBool(nil, true))
	n, err := strconv.ParseInt("99999999999999999999", 10, 64)
	fmt.Println(n, err)
	u, err := strconv.ParseUint("ff", 16, 8)
	fmt.Println(u, err)
	bl, err := strconv.ParseBool("maybe")
	fmt.Println(bl, err)
	for i, c := range "aé世\xff🎉" {
		fmt.Print(i, ":", string(c), "(", utf8.RuneLen(c), ") ")
	}
	fmt.Println(utf8.RuneCountInString("aé世"), utf8.ValidString("\xff"), unicode.IsUpper('É'), strings.ToUpper("straße"), strings.Title("hello world"))
	fmt.Println([]byte("é"), []rune("é世"), string([]rune{233, 0x4e16}), string(rune(65)))
	fmt.Println(strings.Map(func(r rune) rune {
		if r == 'a' {
			return -1
		}
		return unicode.ToUpper(r)
	}, "banana"), strings.FieldsFunc("a1b2c", unicode.IsDigit), strings.EqualFold("Go", "GO"))
	var sb strings.Builder
	for i := 3; i >= 1; i-- {
		fmt.Fprintf(&sb, "%d...", i)
	}
	sb.WriteByte('!')
	sb.WriteRune('é')
	fmt.Println(sb.String(), sb.Len())
	rep := strings.NewReplacer("<", "&lt;", ">", "&gt;")
	fmt.Println(rep.Replace("<a>"))
	fmt.Println(strings.SplitAfterN("a,b,c", ",", 2), strings.TrimFunc("  x ", unicode.IsSpace), strings.LastIndex("go gopher", "go"), strings.Count("cheese", "e"))
	tm := ttemplate.Must(ttemplate.New("t").Funcs(ttemplate.FuncMap{"join": strings.Join, "add": func(a, b int) int { return a + b }}).Parse(
		`{{range $i, $e := .}}{{add $i 1}}. {{.Name}} {{.Upper}} {{printf "%.1f" .Salary}} {{join .Skills "/"}}{{if .Boss}} boss={{.Boss.Name}}{{else}} none{{end}}{{with .Skills}} n={{len .}}{{end}}
{{end}}`))
	boss := &Emp{"Ann", 10, nil, nil}
	if err := tm.Execute(os.Stdout, []*Emp{boss, {"Bob", 5.25, []string{"go", "c"}, boss}}); err != nil {
		fmt.Println(err)
	}
	ht := template.Must(template.New("h").Parse("<p title='{{.T}}'>{{.B}}</p>\n"))
	ht.Execute(os.Stdout, map[string]any{"T": "a'b", "B": "<script>"})
	tw := tabwriter.NewWriter(os.Stdout, 0, 8, 2, '.', tabwriter.AlignRight)
	fmt.Fprintln(tw, "a\tbbb\tc\t")
	fmt.Fprintln(tw, "aaaa\tb\tccccc\t")
	tw.Flush()
	t := time.Date(2024, time.February, 29, 13, 4, 5, 678e6, time.UTC)
	fmt.Println(t.Format(time.RFC3339Nano), t.Format("Mon 2 Jan 06 3:04PM"), t.Weekday(), t.YearDay(), t.AddDate(1, 0, 0).Format(time.DateOnly), t.Truncate(time.Hour).Format(time.Kitchen))
	d, err := time.ParseDuration("1h15m30.5s")
	fmt.Println(d, err, d.Minutes(), d.Round(time.Minute), time.Duration(1500)*time.Millisecond, t.Add(d).Sub(t) == d)
	pt, err := time.Parse("2006-01-02 15:04", "2024-13-01 00:00")
	fmt.Println(pt.IsZero(), err)
	fmt.Println(t.Before(t.Add(1)), t.Equal(t.In(time.FixedZone("X", 3600))), t.In(time.FixedZone("X", 3600)), t.Unix(), time.Unix(0, 0).UTC())
	var bb bytes.Buffer
	bb.WriteString("line1\nline2")
	line, err := bb.ReadString('\n')
	fmt.Printf("%q %v %q\n", line, err, bb.String())
	rd := bufio.NewReader(&bb)
	rn, size, _ := rd.ReadRune()
	rd.UnreadRune()
	pk, _ := rd.Peek(2)
	fmt.Println(string(rn), size, string(pk), bytes.Contains([]byte("abc"), []byte("b")))
	fmt.Println(math.Inf(1), math.NaN(), -math.MaxFloat64, math.MaxInt64, uint64(math.MaxUint64), math.Round(-2.5), math.Trunc(-2.5), math.Mod(7, -3), math.Hypot(3, 4))
}
