"""The official papers of a mediation case (domain rules B1.2, rows 0 to 16) and the dossier that they make (卷宗).

``gather`` reads the file of a case, ``data`` says what each paper says, ``items`` which papers there are, ``assemble``
makes Word and PDF out of them, ``prints`` keeps who printed what.
"""
