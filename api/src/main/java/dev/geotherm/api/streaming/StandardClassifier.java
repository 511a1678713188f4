package dev.geotherm.api.streaming;

import dev.geotherm.api.UnavailableException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.channels.UnresolvedAddressException;

/** The default classifier of failures, which searches the causes for connection failures and timeouts. */
final class StandardClassifier implements FailureClassifier {
    /** The maximum number of causes to check: they can form a cycle. */
    private static final int DEEPEST = 32;

    @Override
    public FailureKind classify(Throwable failure) {
        Throwable cause = failure;
        for (int depth = 0; cause != null && depth < DEEPEST; depth++) {
            if (isUnavailable(cause)) {
                return FailureKind.UNAVAILABLE;
            }
            cause = cause.getCause();
        }
        return FailureKind.FRAGMENT;
    }

    private static boolean isUnavailable(Throwable cause) {
        return cause instanceof UnavailableException
                || cause instanceof ConnectException
                || cause instanceof NoRouteToHostException
                || cause instanceof UnknownHostException
                || cause instanceof SocketTimeoutException
                || cause instanceof UnresolvedAddressException
                || isHttpTimeout(cause.getClass().getName());
    }

    /** Compares names, so that users do not need the module of the HTTP client. */
    private static boolean isHttpTimeout(String type) {
        return type.equals("java.net.http.HttpTimeoutException")
                || type.equals("java.net.http.HttpConnectTimeoutException");
    }
}
