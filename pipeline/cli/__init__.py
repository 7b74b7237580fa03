"""One file a command: read the arguments, call one function, print; nothing else."""
