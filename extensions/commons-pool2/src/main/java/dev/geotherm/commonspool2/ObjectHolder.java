package dev.geotherm.commonspool2;

/** A holder of one object during its whole life. */
interface ObjectHolder<T> {

    /** Returns the object, always the same one. */
    T object();
}
