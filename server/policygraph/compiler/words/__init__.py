"""The words and forms that the rules know: every regular expression of the grammar stands here, one table a file.

GB/T 9704-2012 gives the layout of official documents; the forms of numbering, responsibility phrases and targets
come from the documents themselves (docs/rules.md explains the tables).
"""
