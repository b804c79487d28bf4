"""Every mail that leaves: whom not to write to, one-click links, the ledger, the sender."""
