package notebooks

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func write(t *testing.T, name, content string) string {
	t.Helper()
	file := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(file, []byte(content), 0o644); err != nil {
		t.Fatal(err)
	}
	return file
}

// As Jupyter writes it: what is read must be written byte for byte.
const written = `{
 "cells": [
  {
   "attachments": {
    "a.png": {
     "image/png": "iVBO"
    }
   },
   "cell_type": "markdown",
   "id": "prose",
   "metadata": {},
   "source": [
    "# A <b>title</b>\n",
    "\n",
    "α & β"
   ]
  },
  {
   "cell_type": "code",
   "execution_count": 3,
   "id": "code",
   "metadata": {
    "tags": [
     "raises-exception"
    ]
   },
   "outputs": [
    {
     "name": "stdout",
     "output_type": "stream",
     "text": [
      "1\n",
      "2\n"
     ]
    },
    {
     "data": {
      "application/json": {
       "a": 1
      },
      "image/png": "iVBO",
      "text/plain": [
       "<42>"
      ]
     },
     "execution_count": 3,
     "metadata": {},
     "output_type": "execute_result"
    },
    {
     "ename": "E",
     "evalue": "v",
     "output_type": "error",
     "traceback": []
    }
   ],
   "source": []
  }
 ],
 "metadata": {
  "language_info": {
   "name": "go"
  }
 },
 "nbformat": 4,
 "nbformat_minor": 5
}
`

func TestReadThenWriteKeepsEveryByte(t *testing.T) {
	file := write(t, "a.ipynb", written)
	nb, err := Read(file)
	if err != nil {
		t.Fatal(err)
	}
	if err := nb.Write(file); err != nil {
		t.Fatal(err)
	}
	content, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(written, string(content)); diff != "" {
		t.Error(diff)
	}
}

func TestReadOlderMinorVersions(t *testing.T) {
	nb, err := Read(write(t, "a.ipynb",
		`{"cells": [{"cell_type": "code", "source": "x\ny", "outputs": []}], "nbformat": 4, "nbformat_minor": 2}`))
	if err != nil {
		t.Fatal(err)
	}
	if c := nb.Cells[0]; c.Source != "x\ny" || c.ID == "" || c.Metadata == nil || nb.NBFormatMinor != 5 {
		t.Errorf("read as %+v of 4.%d", c, nb.NBFormatMinor)
	}
}

func TestReadSaysWhatIsWrong(t *testing.T) {
	for content, want := range map[string]string{
		`no json`:                          "not a notebook",
		`[]`:                               "not a notebook",
		`{"cells": [`:                      "not a notebook",
		`{"nbformat": 3}`:                  "nbconvert",
		`{"nbformat": 4, "cells": [null]}`: "cell 1",
		`{"nbformat": 4, "cells": [{"cell_type": "song"}]}`: "cell 1",
	} {
		if _, err := Read(write(t, "bad.ipynb", content)); err == nil ||
			!strings.Contains(err.Error(), want) || !strings.Contains(err.Error(), "bad.ipynb") {
			t.Errorf("%s: %v, want %q and the file's name", content, err, want)
		}
	}
}
