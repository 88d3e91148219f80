"""The benchmark: the real program beside the floor of its kernel, in the same run."""
