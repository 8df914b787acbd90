"""The production station: flash each unit, test it, record what was found."""
