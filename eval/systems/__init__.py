"""The systems that can be asked the gold questions: the product, its halves, and plain baselines."""
