package kernel

import (
	"context"
	"os"
	"os/signal"
	"syscall"
	"time"
)

func (k *Kernel) interruptRequest(context.Context, *request) any {
	k.Interrupt()
	return map[string]any{"status": "ok"}
}

// shutdown says goodbye to every client. The kernel ends after its reply; to restart, the client starts another one.
func (k *Kernel) shutdown(_ context.Context, r *request) any {
	var req struct {
		Restart bool `json:"restart"`
	}
	if err := r.into(&req); err != nil {
		return failure(err)
	}
	reply := map[string]any{"status": "ok", "restart": req.Restart}
	k.publish(r, "shutdown_reply", reply)
	return reply
}

// watchSignals interrupts the running cell on SIGINT and ends the kernel on SIGTERM, from its return on.
func (k *Kernel) watchSignals(ctx context.Context) {
	signals := make(chan os.Signal, 1)
	signal.Notify(signals, syscall.SIGINT, syscall.SIGTERM)
	go func() {
		defer signal.Stop(signals)
		for {
			select {
			case s := <-signals:
				if s == syscall.SIGTERM {
					k.stop()
					return
				}
				k.Interrupt()
			case <-ctx.Done():
				return
			}
		}
	}()
}

// watchParent ends the kernel when the process that started it is gone: nobody would ever shut it down.
func (k *Kernel) watchParent(ctx context.Context) {
	parent := os.Getppid()
	tick := time.NewTicker(time.Second)
	defer tick.Stop()
	for {
		select {
		case <-tick.C:
			if os.Getppid() != parent {
				k.log.Info("parent process gone")
				k.stop()
				return
			}
		case <-ctx.Done():
			return
		}
	}
}
