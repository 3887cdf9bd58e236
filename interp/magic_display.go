package interp

import "github.com/gophergrad/gophergrad/kernel"

var displayMagics = []*magic{
	{"html", "%%html", "show the cell below as HTML", takesText, show("text/html")},
	{"markdown", "%%markdown", "show the cell below as Markdown", takesText, show("text/markdown")},
	{"latex", "%%latex", "show the cell below as LaTeX", takesText, show("text/latex")},
	{"svg", "%%svg", "show the cell below as an SVG picture", takesText, show("image/svg+xml")},
}

func show(mime string) func(*call) error {
	return func(c *call) error {
		c.out.Display(kernel.Bundle{Data: map[string]any{mime: c.text(), "text/plain": c.text()}}, "")
		return nil
	}
}
