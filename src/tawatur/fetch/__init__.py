"""From paths to ``RawDocument``s. (Addresses on the network come with the guarded fetch.)"""
