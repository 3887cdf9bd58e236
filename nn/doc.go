// Package nn builds neural networks of modules: layers that hold parameters,
// containers, loss functions and initial values, with PyTorch's names, numbers
// and defaults.
//
// A module is any struct with a Forward method. Its parameters, buffers and
// submodules are found in its fields, exported or not, in the order in which
// they are declared; nothing needs to be registered.
package nn
