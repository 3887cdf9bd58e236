package main

import (
	"bufio"
	"cmp"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"sort"
	"strings"
	"text/scanner"
	"unicode"
)

const text = `It was the best of times, it was the worst of times,
it was the age of wisdom... it was the age of foolishness!
— Dickens (1859)`

type Word struct {
	Text  string
	Count int
	Lines map[int]struct{}
}
type Index map[string]*Word

func (ix Index) Add(w string, line int) {
	e, ok := ix[w]
	if !ok {
		e = &Word{Text: w, Lines: map[int]struct{}{}}
		ix[w] = e
	}
	e.Count++
	e.Lines[line] = struct{}{}
}

type Trie struct {
	kids map[rune]*Trie
	end  bool
}

func (t *Trie) Insert(s string) {
	for _, r := range s {
		if t.kids == nil {
			t.kids = map[rune]*Trie{}
		}
		k := t.kids[r]
		if k == nil {
			k = new(Trie)
			t.kids[r] = k
		}
		t = k
	}
	t.end = true
}
func (t *Trie) Walk(prefix string, f func(string)) {
	if t.end {
		f(prefix)
	}
	for _, r := range slices.Sorted(maps.Keys(t.kids)) {
		t.kids[r].Walk(prefix+string(r), f)
	}
}

func levenshtein(a, b string) int {
	ra, rb := []rune(a), []rune(b)
	prev := make([]int, len(rb)+1)
	for j := range prev {
		prev[j] = j
	}
	for i, ca := range ra {
		cur := make([]int, len(rb)+1)
		cur[0] = i + 1
		for j, cb := range rb {
			cost := 1
			if ca == cb {
				cost = 0
			}
			cur[j+1] = min(prev[j+1]+1, cur[j]+1, prev[j]+cost)
		}
		prev = cur
	}
	return prev[len(rb)]
}

func caesar(s string, k int) string {
	return strings.Map(func(r rune) rune {
		switch {
		case unicode.IsLower(r):
			return 'a' + (r-'a'+rune(k)+26)%26
		case unicode.IsUpper(r):
			return 'A' + (r-'A'+rune(k)+26)%26
		}
		return r
	}, s)
}

func reverse(s string) string {
	r := []rune(s)
	for i, j := 0, len(r)-1; i < j; i, j = i+1, j-1 {
		r[i], r[j] = r[j], r[i]
	}
	return string(r)
}

func wrap(s string, width int) (lines []string) {
	var line []string
	n := 0
	flush := func() {
		if len(line) > 0 {
			lines = append(lines, strings.Join(line, " "))
			line, n = nil, 0
		}
	}
	for _, w := range strings.Fields(s) {
		if n+len(w) > width {
			flush()
		}
		line = append(line, w)
		n += len(w) + 1
	}
	flush()
	return
}

type Section struct {
	Name string
	Keys map[string]string
	Subs []*Section
}

func parseINI(r *bufio.Scanner) (root Section, err error) {
	cur := &root
	for n := 1; r.Scan(); n++ {
		line := strings.TrimSpace(r.Text())
		switch {
		case line == "", line[0] == '#':
		case line[0] == '[' && strings.HasSuffix(line, "]"):
			cur = &Section{Name: line[1 : len(line)-1]}
			root.Subs = append(root.Subs, cur)
		default:
			k, v, ok := strings.Cut(line, "=")
			if !ok {
				return root, fmt.Errorf("line %d: no = in %q", n, line)
			}
			if cur.Keys == nil {
				cur.Keys = make(map[string]string)
			}
			cur.Keys[strings.TrimSpace(k)] = strings.TrimSpace(v)
		}
	}
	return root, r.Err()
}

func rpn(s string) (result float64, err error) {
	var st []float64
	for _, tok := range strings.Fields(s) {
		var f float64
		if _, e := fmt.Sscan(tok, &f); e == nil && tok != "+" && tok != "-" {
			st = append(st, f)
			continue
		}
		if len(st) < 2 {
			return 0, fmt.Errorf("stack underflow at %q", tok)
		}
		a, b := st[len(st)-2], st[len(st)-1]
		st = st[:len(st)-2]
		ops := map[string]func() float64{"+": func() float64 { return a + b }, "-": func() float64 { return a - b }, "*": func() float64 { return a * b }, "/": func() float64 { return a / b }}
		op, ok := ops[tok]
		if !ok {
			return 0, fmt.Errorf("unknown %q", tok)
		}
		st = append(st, op())
	}
	return st[0], nil
}

func main() {
	ix := Index{}
	sc := bufio.NewScanner(strings.NewReader(text))
	for n := 1; sc.Scan(); n++ {
		for _, w := range strings.FieldsFunc(strings.ToLower(sc.Text()), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) }) {
			ix.Add(w, n)
		}
	}
	words := slices.Collect(maps.Values(ix))
	slices.SortFunc(words, func(a, b *Word) int { return cmp.Or(-cmp.Compare(a.Count, b.Count), cmp.Compare(a.Text, b.Text)) })
	for _, w := range words[:4] {
		lines := slices.Sorted(maps.Keys(w.Lines))
		fmt.Printf("%-6s %2d %v\n", w.Text, w.Count, lines)
	}
	byLen := map[int][]string{}
	for w := range ix {
		byLen[len(w)] = append(byLen[len(w)], w)
	}
	for _, n := range slices.Sorted(maps.Keys(byLen)) {
		sort.Strings(byLen[n])
		fmt.Print(n, byLen[n], " ")
	}
	fmt.Println()
	var t Trie
	for _, w := range strings.Fields("tea ten to inn in i été") {
		t.Insert(w)
	}
	var all []string
	t.Walk("", func(s string) { all = append(all, s) })
	fmt.Println(all, len(t.kids))
	fmt.Println(levenshtein("kitten", "sitting"), levenshtein("été", "ete"), caesar("Hello, Zoë!", 3), caesar(caesar("abc", 5), -5), reverse("añb🎉"))
	for i, l := range wrap(strings.ReplaceAll(text, "\n", " "), 30) {
		fmt.Printf("%d|%-30s|%d\n", i, l, len(l))
	}
	root, err := parseINI(bufio.NewScanner(strings.NewReader("a = 1\n# c\n[s]\nx=y=z\n\n[t]\n")))
	fmt.Println(root.Keys, len(root.Subs), root.Subs[0].Keys["x"], root.Subs[1].Keys == nil, err)
	_, err = parseINI(bufio.NewScanner(strings.NewReader("oops")))
	fmt.Println(err)
	for _, e := range []string{"3 4 + 2 *", "1 +", "1 2 ^", "10 4 -"} {
		v, err := rpn(e)
		fmt.Print(v, " ", err, "; ")
	}
	fmt.Println()
	var s scanner.Scanner
	s.Init(strings.NewReader("x := 3.14 + foo(\"s\") // c"))
	for tok := s.Scan(); tok != scanner.EOF; tok = s.Scan() {
		fmt.Print(s.Position.Column, ":", s.TokenText(), "(", scanner.TokenString(tok), ") ")
	}
	fmt.Println()
	re := regexp.MustCompile(`(\w+)@(\w+)\.com`)
	fmt.Println(re.ReplaceAllString("ann@ex.com, bob@site.com", "$2:$1"), re.FindAllStringSubmatch("a@b.com c@d.com", -1))
	dir, _ := os.MkdirTemp("", "tp")
	defer os.RemoveAll(dir)
	for _, n := range []string{"b.txt", "a.txt", "sub/c.go"} {
		p := filepath.Join(dir, n)
		os.MkdirAll(filepath.Dir(p), 0o755)
		if err := os.WriteFile(p, []byte(strings.Repeat(n, 2)), 0o644); err != nil {
			fmt.Println(err)
		}
	}
	filepath.WalkDir(dir, func(p string, d os.DirEntry, err error) error {
		rel, _ := filepath.Rel(dir, p)
		if d.IsDir() {
			fmt.Print(rel, "/ ")
			return nil
		}
		info, _ := d.Info()
		fmt.Print(rel, info.Size(), " ")
		return nil
	})
	fmt.Println()
	f, _ := os.OpenFile(filepath.Join(dir, "a.txt"), os.O_APPEND|os.O_RDWR, 0)
	fmt.Fprintf(f, "\nline %d", 2)
	f.Seek(0, 0)
	rd := bufio.NewReader(f)
	for {
		line, err := rd.ReadString('\n')
		fmt.Printf("%q %v; ", line, err)
		if err != nil {
			break
		}
	}
	f.Close()
	fmt.Println(filepath.Ext("x/y.tar.gz"), filepath.Base("/a/b/"), filepath.Clean("a/../b//c"))
	w := bufio.NewWriter(os.Stdout)
	fmt.Fprintf(w, "%s %d\n", "buffered", w.Buffered())
	w.Flush()
	fmt.Printf("%6.2f|%-10q|%+v|%v|%x\n", 3.14159, "q", struct {
		A int
		B *int
	}{1, nil}, []error{nil, fmt.Errorf("e")}, "hex")
	table := [][]string{{"name", "qty"}, {"apple", "3"}, {"fig", "12"}}
	widths := make([]int, 2)
	for _, row := range table {
		for i, c := range row {
			widths[i] = max(widths[i], len(c))
		}
	}
	for _, row := range table {
		for i, c := range row {
			fmt.Printf("%-*s|", widths[i], c)
		}
		fmt.Println()
	}
	fmt.Println(strings.Compare("a", "b"), strings.ContainsAny("abc", "xyzc"), strings.IndexByte("abc", 'c'), strings.TrimLeft("xxabc", "x"), strings.TrimPrefix("prefix-x", "prefix-"), strings.Repeat("ab", 3), strings.ToTitle("go"), strings.SplitN("a:b:c", ":", 2), strings.Fields("  a  b "))
}
