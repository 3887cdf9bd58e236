package nn

import "github.com/gophergrad/gophergrad/tensor/format"

// Save writes a state to a file, whose ending chooses the format: .safetensors,
// .pt as PyTorch's torch.load opens it, or .npz.
func Save(path string, s *State) error {
	items := make([]format.Named, s.Len())
	for i, it := range s.items {
		items[i] = format.Named(it)
	}
	return format.Save(path, items)
}

// Load reads a state from a file that [Save], PyTorch's torch.save, safetensors or
// NumPy wrote.
func Load(path string) (*State, error) {
	items, err := format.Load(path)
	if err != nil {
		return nil, err
	}
	s := NewState()
	for _, it := range items {
		s.Set(it.Name, it.Tensor)
	}
	return s, nil
}
