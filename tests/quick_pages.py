"""Pages run by tests look for Streamlit components once, not in every installed package at each run (Streamlit 1.67:
`AppTest._run`), which takes longer than most pages."""

from functools import cache

from streamlit.components.v2 import manifest_scanner

manifest_scanner.scan_component_manifests = cache(manifest_scanner.scan_component_manifests)
