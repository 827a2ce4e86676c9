"""Writes outside through links in its scratch folder, and by renaming what lies there over what lies elsewhere."""
import os
from aims import FILE, TOKEN, attempt, look, scale

look(os.symlink, FILE, "soft")
look(os.symlink, os.path.dirname(FILE), "folder")
attempt(os.open, "soft", os.O_WRONLY)
attempt(os.open, "soft", os.O_RDONLY | os.O_TRUNC)
attempt(os.open, f"folder/{TOKEN}", os.O_CREAT | os.O_WRONLY)
look(lambda: open("mine", "w").write("mine"))
attempt(os.rename, "mine", FILE)
attempt(os.replace, "mine", f"folder/{TOKEN}")
attempt(os.link, "mine", f"folder/{TOKEN}")
attempt(os.rename, ".", f"/tmp/{TOKEN}")
attempt(os.rename, "folder", FILE)
