"""From text to graph: read, parse, resolve, emit."""
