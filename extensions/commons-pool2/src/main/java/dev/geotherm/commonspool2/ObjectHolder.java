package dev.geotherm.commonspool2;

/** A holder of the same object throughout its life. */
interface ObjectHolder<T> {

    /** Returns the object. */
    T object();
}
