"""Learn the models of `geo.geoparsing`: which spans are toponyms, which place is meant, how wide its circle is."""
