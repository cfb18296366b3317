"""How the networks in resources/models were made: sources, rendering, degradation, training and export."""
