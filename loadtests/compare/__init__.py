"""The same rooms on Porchlight and on its peers, each a small program written as its own documentation recommends."""
