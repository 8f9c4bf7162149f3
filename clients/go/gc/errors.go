package gc

import (
	"context"
	"errors"
	"fmt"
	"time"

	"google.golang.org/genproto/googleapis/rpc/errdetails"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/status"

	gcv1 "github.com/generic-connector/generic-connector/clients/go/gc/v1"
)

// Error is a call that the service, or the way to it, did not let succeed. Find it with errors.As.
type Error struct {
	// Reason is the one word for programs; unspecified for one of a newer service.
	Reason gcv1.ErrorReason
	// ReasonName is the reason as the service wrote it, without prefix.
	ReasonName string
	// Code is the gRPC status code.
	Code codes.Code
	// Message is a short sentence for people.
	Message string
	// Retry says whether the same request can succeed when it is sent again, and on what condition.
	Retry gcv1.Retry
	// RetryAfter is the service's advice for the delay before a retry; zero where it gave none.
	RetryAfter time.Duration
	// Metadata is the ErrorInfo's; docs/errors.md says what is in it.
	Metadata map[string]string
	// Command is the RPC's name; empty for the session's own errors.
	Command string
	// RequestID is the command's: a retry with it is safe. Empty for questions.
	RequestID string

	ofService bool
	cause     error
}

// FinesseError is what Finesse itself said.
type FinesseError struct {
	ErrorType, ErrorMessage, ErrorData, PeripheralCode, PeripheralMessage, HTTPStatus string
}

// Error says the command, the reason and the message.
func (e *Error) Error() string {
	if e.Command == "" {
		return fmt.Sprintf("%s: %s", e.ReasonName, e.Message)
	}
	return fmt.Sprintf("%s: %s: %s", e.Command, e.ReasonName, e.Message)
}

// Unwrap gives gRPC's error, if there is one.
func (e *Error) Unwrap() error { return e.cause }

// Retryable says whether the same call may succeed without anything else being changed: at once with the same request
// id, after a delay, or after a Connect.
func (e *Error) Retryable() bool {
	switch e.Retry {
	case gcv1.Retry_RETRY_AFTER_DELAY, gcv1.Retry_RETRY_AFTER_CONNECT, gcv1.Retry_RETRY_SAME_REQUEST_ID:
		return true
	default:
		return false
	}
}

// Finesse gives what Finesse itself said; nil if it said nothing.
func (e *Error) Finesse() *FinesseError {
	said := FinesseError{
		ErrorType:         e.Metadata["error_type"],
		ErrorMessage:      e.Metadata["error_message"],
		ErrorData:         e.Metadata["error_data"],
		PeripheralCode:    e.Metadata["peripheral_code"],
		PeripheralMessage: e.Metadata["peripheral_message"],
		HTTPStatus:        e.Metadata["http_status"],
	}
	if said == (FinesseError{}) {
		return nil
	}
	return &said
}

// ReasonOf gives the reason of an error; unspecified if it is none of this package.
func ReasonOf(err error) gcv1.ErrorReason {
	var known *Error
	if errors.As(err, &known) {
		return known.Reason
	}
	return gcv1.ErrorReason_ERROR_REASON_UNSPECIFIED
}

// Must gives the value, and panics with the error if there is one: for programmes that can't go on without it.
func Must[T any](value T, err error) T {
	if err != nil {
		panic(err)
	}
	return value
}

// errorOf reads what a failed call says.
func errorOf(err error, command, requestID string) *Error {
	var known *Error
	if errors.As(err, &known) {
		return known
	}
	said := status.Convert(err)
	made := &Error{
		Reason:     gcv1.ErrorReason_ERROR_REASON_SERVICE_UNREACHABLE,
		ReasonName: "SERVICE_UNREACHABLE",
		Code:       said.Code(),
		Message:    said.Message(),
		Retry:      gcv1.Retry_RETRY_AFTER_DELAY,
		Command:    command,
		RequestID:  requestID,
		cause:      err,
	}
	for _, detail := range said.Details() {
		switch detail := detail.(type) {
		case *errdetails.ErrorInfo:
			if detail.GetDomain() == "gc.v1" {
				made.ofService = true
				made.ReasonName = detail.GetReason()
				made.Reason = gcv1.ErrorReason(gcv1.ErrorReason_value["ERROR_REASON_"+detail.GetReason()])
				made.Metadata = detail.GetMetadata()
				made.Retry = gcv1.Retry(gcv1.Retry_value["RETRY_"+made.Metadata["retry"]])
			}
		case *errdetails.RetryInfo:
			made.RetryAfter = detail.GetRetryDelay().AsDuration()
		}
	}
	return made
}

// given is the caller's own cancellation as it is, and everything else as an Error.
func given(ctx context.Context, err error, command, requestID string) error {
	if errors.Is(ctx.Err(), context.Canceled) {
		return ctx.Err()
	}
	return errorOf(err, command, requestID)
}

func own(reason gcv1.ErrorReason, code codes.Code, retry gcv1.Retry, message, command, requestID string) *Error {
	name := reason.String()[len("ERROR_REASON_"):]
	return &Error{Reason: reason, ReasonName: name, Code: code, Message: message, Retry: retry, Command: command, RequestID: requestID}
}

// outcomeUnknown says that a command may have been done, and nobody can say whether.
func outcomeUnknown(message, command, requestID string) *Error {
	return own(gcv1.ErrorReason_ERROR_REASON_OUTCOME_UNKNOWN, codes.Aborted, gcv1.Retry_RETRY_SAME_REQUEST_ID, message, command, requestID)
}

// unreachable says that the service did not answer.
func unreachable(message string, code codes.Code, command string) *Error {
	return own(gcv1.ErrorReason_ERROR_REASON_SERVICE_UNREACHABLE, code, gcv1.Retry_RETRY_AFTER_DELAY, message, command, "")
}

// closedError says that the program closed the session.
func closedError(command, requestID string) *Error {
	return own(gcv1.ErrorReason_ERROR_REASON_NOT_CONNECTED, codes.FailedPrecondition, gcv1.Retry_RETRY_AFTER_CONNECT,
		"the session is closed", command, requestID)
}
