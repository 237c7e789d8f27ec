"""Archives of any size to stories and tables, by the functions of the live journey, over as many processes as there are.

    plan        the files that are read, cut into shards                                  (driver)    ``plan``
    read        a shard's documents → articles as they stand, and a sample of their lines (workers)   ``reading``
    learn       the lines of all shards → which of them the outlets repeat                (driver)    ``lines``
    understand  a shard's articles → analyses, profiles, in one work file                 (workers)   ``understanding``
    cut         the time that was met, cut into windows of a month or a part of one       (driver)    ``windows``
    group       a window with the days around it → which story each article stands in     (workers)   ``grouping``
    join        what neighbouring windows say of the days that both know → whole stories  (driver)    ``joining``
    compose     a window's stories → rows of the tables                                   (workers)   ``composing``
    close       the manifest                                                              (driver)    ``manifest``

Each step leaves files behind that are whole or not there; what is there is not done again. So whoever is killed costs what it had
in hand, and the same command goes on. Nothing depends on how many workers there are or in which order they end.
"""
