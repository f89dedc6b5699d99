package dev.homeroom.platform.problem;

import dev.homeroom.contracts.problem.ProblemType;

/** Which problem type stands for an HTTP status that a library chose. */
final class Statuses {
    private Statuses() {}

    static ProblemType typeOf(int status) {
        return switch (status) {
            case 401 -> ProblemType.UNAUTHENTICATED;
            case 403 -> ProblemType.FORBIDDEN;
            case 404, 410 -> ProblemType.NOT_FOUND;
            case 405 -> ProblemType.METHOD_NOT_ALLOWED;
            case 406 -> ProblemType.NOT_ACCEPTABLE;
            case 409, 412 -> ProblemType.CONFLICT;
            case 413, 414, 431 -> ProblemType.TOO_LARGE;
            case 415 -> ProblemType.UNSUPPORTED_MEDIA_TYPE;
            case 422 -> ProblemType.INVALID;
            case 429 -> ProblemType.OVERLOADED;
            case 502, 503 -> ProblemType.UNAVAILABLE;
            case 408, 504 -> ProblemType.TIMEOUT;
            default -> status >= 400 && status < 500 ? ProblemType.MALFORMED : ProblemType.INTERNAL;
        };
    }
}
