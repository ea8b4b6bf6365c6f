package dev.belay.access;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** The role that a caller of an endpoint needs. An endpoint without one answers nobody. */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface Needs {

    Role value();

    /** What it is needed for. */
    Of of() default Of.DATABASE;

    /** What a role is needed for. */
    enum Of {
        /** One database, which the endpoint names to {@link Access#to}. */
        DATABASE,
        /** What belongs to several or to none; the endpoint leaves out what the caller may not see. */
        SOME,
        /** Belay itself: a role for all databases. */
        ALL
    }
}
