package kernel

import (
	"context"
	"os"
	"sync"

	"github.com/shirou/gopsutil/v4/cpu"
	"github.com/shirou/gopsutil/v4/mem"
	"github.com/shirou/gopsutil/v4/process"
)

// thisProcess remembers the processor time of the last usage_request, since which the share is reckoned.
var thisProcess = sync.OnceValues(func() (*process.Process, error) { return process.NewProcess(int32(os.Getpid())) })

// usage tells what the kernel and its host use, with the fields of ipykernel that JupyterLab's resource panel reads.
// What the system does not tell is left out.
func (k *Kernel) usage(context.Context, *request) any {
	content := map[string]any{"status": "ok", "pid": os.Getpid()}
	if name, err := os.Hostname(); err == nil {
		content["hostname"] = name
	}
	if p, err := thisProcess(); err == nil {
		if share, err := p.Percent(0); err == nil {
			content["kernel_cpu"] = share
		}
		if memory, err := p.MemoryInfo(); err == nil {
			content["kernel_memory"] = memory.RSS
		}
	}
	if n, err := cpu.Counts(true); err == nil {
		content["cpu_count"] = n
	}
	if shares, err := cpu.Percent(0, false); err == nil && len(shares) == 1 {
		content["host_cpu_percent"] = shares[0]
	}
	if m, err := mem.VirtualMemory(); err == nil {
		content["host_virtual_memory"] = map[string]any{
			"total": m.Total, "available": m.Available, "percent": m.UsedPercent, "used": m.Used, "free": m.Free,
		}
	}
	return content
}
