package interp

// What IPython has and gophergrad has otherwise, or not at all.

var ignoredMagics = []*magic{
	{"matplotlib", "%matplotlib", "nothing: plots need no setting up", takesText, note(noSetup)},
	{"config", "%config", "nothing, too", takesText, note(noSetup)},
	{"load_ext", "%load_ext", "nothing: there are no extensions", takesText, note("there are no extensions")},
	{"autoreload", "%autoreload", "nothing: who calls a function calls the latest", takesText, note("who calls a function calls the latest that was declared")},
}

// note is a magic of IPython that notebooks begin with and that has nothing to do here.
func note(text string) func(*call) error {
	return func(c *call) error {
		c.printf("nothing to do: %s\n", text)
		return nil
	}
}

// foreignMagics are magics of IPython with what there is here instead.
var foreignMagics = map[string]string{
	"pip": builtIn, "conda": builtIn, "mamba": builtIn, "uv": builtIn,
	"pylab": noSetup, "debug": bugIcon, "pdb": bugIcon,
	"prun": "%time and %timeit measure, runtime/pprof profiles", "lprun": "%time and %timeit measure, runtime/pprof profiles",
	"tensorboard": "the package tensorboard writes what TensorBoard reads", "store": "os.WriteFile and json.Marshal keep values",
	"python": "%%script python3 runs a cell in Python", "python3": "%%script python3 runs a cell in Python", "perl": "%%script perl runs a cell in Perl",
	"javascript": "%%html takes <script>", "js": "%%html takes <script>",
	"pinfo": asking, "pdoc": asking, "psource": asking + ", name?? its source too", "pinfo2": asking + ", name?? its source too",
	"reset_selective": "%del forgets the names it is given", "xdel": "%del forgets the names it is given", "magic": "%lsmagic lists those there are", "quickref": "%help tells",
	"who_ls": "%who lists the variables", "file": "%%writefile writes one", "edit": "%load and %%writefile do", "go": "a cell is Go without any",
}

const (
	builtIn = "cells import the standard library, gonum and the framework, which the kernel holds"
	noSetup = "plots need no setting up, as in display.Line(\"loss\", losses)"
	bugIcon = "the bug icon of JupyterLab attaches the debugger"
	asking  = "name? shows a name's signature, documentation and value"
)
