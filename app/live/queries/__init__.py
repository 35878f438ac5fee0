"""The questions that readers' pages ask, one file for each kind of answer."""
