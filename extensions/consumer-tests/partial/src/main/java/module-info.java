module consumer {
    requires dev.geotherm.diff;
    requires dev.geotherm.pool;
    requires dev.geotherm.profiles;
}
