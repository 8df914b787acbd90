"""The PY32F003 around its core: each peripheral in a C file that opens with its register table and source."""
