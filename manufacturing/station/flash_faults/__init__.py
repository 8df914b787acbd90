"""How the flasher stands a bad line, a bad flash and a pulled plug: counted on the virtual board's boot ROM."""
