"""Windows, pages and kiosk: the only room that imports PySide6."""
