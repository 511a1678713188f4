package dev.geotherm.commonspool2;

/** A pool's record of one object, for as long as the object exists. */
interface Keeper<T> {

    /** Returns the object, always the same one. */
    T object();
}
