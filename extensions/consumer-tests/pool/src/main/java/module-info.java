module consumer {
    requires dev.geotherm.pool;
}
