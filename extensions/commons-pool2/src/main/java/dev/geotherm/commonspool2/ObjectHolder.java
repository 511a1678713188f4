package dev.geotherm.commonspool2;

/** A holder of one object for as long as the object exists. */
interface ObjectHolder<T> {

    /** Returns the object, always the same one. */
    T object();
}
