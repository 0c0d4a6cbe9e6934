"""Places: the administrative divisions of Zhangzhou, and how to find one by typing."""
