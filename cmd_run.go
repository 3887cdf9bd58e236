package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/signal"
	"path/filepath"
	"syscall"

	"github.com/spf13/cobra"

	"github.com/gophergrad/gophergrad/interp"
	"github.com/gophergrad/gophergrad/notebooks"
)

func runCommand() *cobra.Command {
	var outputFile string
	cmd := &cobra.Command{
		Use:   "run FILE.ipynb|FILE.go",
		Short: "Execute a notebook, or a Go program, in the terminal",
		Long: "Executes a notebook, in its own folder as Jupyter does, or runs a Go program in the interpreter.\n" +
			"Stops at the first failing cell that is not tagged raises-exception; cells tagged skip-execution are not run.",
		RunE: func(cmd *cobra.Command, args []string) error {
			if len(args) != 1 {
				return fmt.Errorf("run takes one notebook or Go program, %d given", len(args))
			}
			// The first Ctrl-C interrupts the running cell, a second one ends the program.
			ctx, stop := signal.NotifyContext(cmd.Context(), os.Interrupt, syscall.SIGTERM)
			context.AfterFunc(ctx, stop)
			switch file := args[0]; filepath.Ext(file) {
			case ".ipynb":
				return runNotebook(ctx, file, outputFile)
			case ".go":
				if outputFile != "" {
					return errors.New("-o goes with a notebook, not with a Go program")
				}
				return runProgram(ctx, file)
			default:
				return fmt.Errorf("%s is neither a notebook (.ipynb) nor a Go program (.go)", file)
			}
		},
	}
	cmd.Flags().StringVarP(&outputFile, "output", "o", "", "write the executed notebook to `FILE`")
	return cmd
}

// runNotebook executes a notebook; the executed one is written also when a cell failed, to show where.
func runNotebook(ctx context.Context, file, outputFile string) error {
	nb, err := notebooks.Read(file)
	if err != nil {
		return err
	}
	terminal := notebooks.NewTerminal() // before the session takes os.Stdout
	session, err := interp.New()
	if err != nil {
		return err
	}
	if outputFile != "" {
		if outputFile, err = filepath.Abs(outputFile); err != nil {
			return err
		}
	}
	if err := os.Chdir(filepath.Dir(file)); err != nil {
		return err
	}
	failure := nb.Execute(ctx, session, terminal)
	if outputFile != "" {
		if err := nb.Write(outputFile); err != nil {
			return errors.Join(failure, err)
		}
	}
	if failure != nil {
		return fmt.Errorf("%s: %w", file, failure)
	}
	return nil
}

// runProgram runs a Go program in the interpreter; its exit status is the program's.
func runProgram(ctx context.Context, file string) error {
	terminal := notebooks.NewTerminal() // before the session takes os.Stdout
	session, err := interp.New()
	if err != nil {
		return err
	}
	status, failure, err := session.RunProgram(ctx, file, terminal.Output(ctx))
	if err != nil {
		return err
	}
	if failure != nil {
		terminal.Fail(failure)
	}
	os.Exit(status)
	return nil
}
