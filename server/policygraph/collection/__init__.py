"""Many documents in one folder: compiled where they changed, a file each, and a store that readers open.

    FOLDER/
    ├── documents/{id}.nq   what each document says and what follows from it, as N-Quads
    ├── base.nq             registry and ontology, which stand behind all of them
    ├── catalog.sqlite      which file became which document, from which bytes, with which findings
    └── store/              Oxigraph: `work` is written, `current.json` names the snapshot that readers open

`add` and `remove` (module `update`) are its verbs; `policygraph serve --collection FOLDER` serves it.
"""
