"""What is not code: translations, icons, templates, code lists, help pages."""
