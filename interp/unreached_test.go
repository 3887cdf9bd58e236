package interp

import "testing"

// A name that is unknown because the cell that declares it failed is said to be.
func TestUnreachedNames(t *testing.T) {
	n := newNotebook(t)
	n.fails("rows, cols := 2, 3\nvar m map[string]int = 3\nfunc area() int { return rows * cols }")
	for code, want := range map[string]string{
		"cols": "undefined: cols; In[1], which declares it, failed before it got there",
		"m":    "; In[1], which declares it", "area()": "; In[1], which declares it",
	} {
		value, _ := n.fails(code)
		wants(t, value, want)
	}
	n.fails("first := 1\nsecond := []int{}[first]")
	n.ok("first")
	value, _ := n.fails("second")
	wants(t, value, "; In[5], which declares it")
	n.fails("while x:\nlater := 1")
	value, _ = n.fails("later")
	wants(t, value, "; In[8], which declares it")
	n.ok("later := 2")
	n.ok("%del later")
	if value, _ = n.fails("later"); value != "compile error: 1:1: undefined: later" {
		t.Error(value)
	}
}
