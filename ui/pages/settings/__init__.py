"""How this desk looks, who may log in, where backups go, and what the program is."""
