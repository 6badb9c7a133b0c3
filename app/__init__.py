"""The roof: assembly, navigation, refusal to page or JSON, command line, demo data."""
