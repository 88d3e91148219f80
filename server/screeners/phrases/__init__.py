"""The language of the rule files: phrases are read as words, and found in texts of which each word is a code."""
