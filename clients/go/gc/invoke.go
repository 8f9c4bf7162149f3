package gc

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"path"
	"time"

	"google.golang.org/grpc/codes"
	"google.golang.org/protobuf/proto"

	gcv1 "github.com/generic-connector/generic-connector/clients/go/gc/v1"
)

const (
	commandTimeout = 30 * time.Second
	// A nailed-up sign-in waits for the agent to pick up the phone.
	mobileLoginTimeout = 85 * time.Second
)

// call is one command, as it is told by its options.
type call struct {
	request proto.Message
	options *gcv1.CommandOptions
	err     error
}

// CommandOption tells a command something beside its parameters.
type CommandOption func(*call)

// WithRequestID sets the id that makes a retry safe; a new UUID unless given. For commands that change something.
func WithRequestID(id string) CommandOption {
	return func(c *call) { c.options.RequestId = id }
}

// WithExpectedVersion sets the version of the agent or call that the command is meant for.
func WithExpectedVersion(version uint64) CommandOption {
	return func(c *call) { c.options.ExpectedVersion = &version }
}

// WithWait sets what to wait for; the outcome, unless said otherwise.
func WithWait(wait gcv1.Wait) CommandOption {
	return func(c *call) { c.options.Wait = wait }
}

// WithRequest changes the request before it is sent, for fields that are no parameters:
//
//	gc.WithRequest(func(r *gcv1.GetTeamUsersRequest) { r.Subscribe = proto.Bool(false) })
func WithRequest[Q proto.Message](change func(Q)) CommandOption {
	return func(c *call) {
		if request, ok := c.request.(Q); ok {
			change(request)
		} else {
			c.err = fmt.Errorf("WithRequest for another request than %T", c.request)
		}
	}
}

// invoke carries a command out, from its first attempt to its outcome, and waits for the picture to reach the reply.
// options is nil for a question.
func invoke[Q, R proto.Message](
	ctx context.Context, s *AgentSession, method string, request Q, options **gcv1.CommandOptions, response R, opts []CommandOption,
) (R, error) {
	var none R
	told := call{request: request, options: &gcv1.CommandOptions{}}
	for _, opt := range opts {
		opt(&told)
	}
	command := path.Base(method)
	if told.err != nil {
		return none, own(gcv1.ErrorReason_ERROR_REASON_INVALID_INPUT, codes.InvalidArgument, gcv1.Retry_RETRY_NO, told.err.Error(), command, "")
	}
	attempts := attempts{session: s, command: command, changing: options != nil, epoch: s.link.last().GetEpoch()}
	if options != nil {
		if *options == nil {
			*options = told.options
		} else {
			// The caller's own stays as it is: with the next call it would name this one's request.
			*options = proto.CloneOf(*options)
		}
		if (*options).RequestId == "" {
			(*options).RequestId = newUUID()
		}
		if (*options).Epoch == nil {
			(*options).Epoch = &attempts.epoch
		}
		attempts.requestID = (*options).RequestId
	}
	if _, ok := ctx.Deadline(); !ok {
		var cancel context.CancelFunc
		ctx, cancel = context.WithTimeout(ctx, s.client.settings.timeoutOf(command))
		defer cancel()
	}
	if err := attempts.run(ctx, method, request, response); err != nil {
		return none, err
	}
	if team, ok := any(request).(*gcv1.GetTeamUsersRequest); ok {
		s.remember(team)
	}
	if reply, ok := any(response).(interface{ GetAsOfSequence() uint64 }); ok {
		s.reached(ctx, reply.GetAsOfSequence())
	}
	return response, nil
}

func (s *settings) timeoutOf(command string) time.Duration {
	switch {
	case s.commandTimeout > 0:
		return s.commandTimeout
	case command == "MobileAgentLogin":
		return mobileLoginTimeout
	default:
		return commandTimeout
	}
}

// attempts are the tries of one command.
type attempts struct {
	session   *AgentSession
	command   string
	changing  bool
	epoch     uint64
	requestID string
	// ambiguous says that an attempt may have reached the service, and its end says nothing of the command.
	ambiguous bool
	// refusal is why the last attempt was surely not carried out.
	refusal *Error
}

// run tries until there is an outcome, or the deadline of ctx.
func (a *attempts) run(ctx context.Context, method string, request, response proto.Message) error {
	s := a.session
	// The session's end ends the call, and the deadline stays the caller's.
	attempt, cancel := context.WithCancel(ctx)
	defer cancel()
	defer context.AfterFunc(s.stop, cancel)()
	delays := s.client.settings.delays()
	for {
		switch {
		case errors.Is(ctx.Err(), context.Canceled):
			return ctx.Err()
		case s.stop.Err() != nil:
			if a.changing && a.ambiguous {
				return outcomeUnknown("the session ended", a.command, a.requestID)
			}
			return s.over(a.command, a.requestID)
		case ctx.Err() != nil:
			return a.late()
		case a.changing && s.link.last().GetEpoch() != a.epoch:
			// What an earlier session may have carried out is not sent to another.
			if a.ambiguous || a.refusal == nil {
				return outcomeUnknown("the session was replaced by another", a.command, a.requestID)
			}
			return a.refusal
		}
		token := s.link.last().GetToken()
		proto.Reset(response)
		err := s.client.conn.Invoke(s.client.outgoing(attempt, bearer(token)...), method, request, response)
		if err == nil {
			return nil
		}
		if ctx.Err() != nil {
			continue
		}
		failed := errorOf(err, a.command, a.requestID)
		switch {
		case s.stop.Err() != nil:
			a.ambiguous = true
		case !failed.ofService && failed.Code == codes.DeadlineExceeded:
			return a.late()
		case !failed.ofService && isBroken(failed.Code):
			a.ambiguous = true
			rest(attempt, delays.next(failed.RetryAfter))
			s.client.conn.ResetConnectBackoff()
		case failed.Reason == gcv1.ErrorReason_ERROR_REASON_SHUTTING_DOWN:
			a.refusal = a.expired(failed)
			rest(attempt, delays.next(failed.RetryAfter))
			s.client.conn.ResetConnectBackoff()
		case isRefused(failed):
			a.refusal = a.expired(failed)
			s.link.renew(attempt, s.stop, token)
		default:
			return failed
		}
	}
}

// expired says that the service did not take the command, and another session came in its place.
func (a *attempts) expired(refused *Error) *Error {
	if refused.Reason == gcv1.ErrorReason_ERROR_REASON_SESSION_EXPIRED {
		return refused
	}
	return own(gcv1.ErrorReason_ERROR_REASON_SESSION_EXPIRED, refused.Code, refused.Retry, refused.Message, a.command, a.requestID)
}

// late is what is said when the deadline has passed.
func (a *attempts) late() error {
	if a.changing {
		return outcomeUnknown("no answer in time", a.command, a.requestID)
	}
	return unreachable("no answer in time", codes.DeadlineExceeded, a.command)
}

// isBroken says which ends of an attempt say nothing of the command: the way to the service broke.
func isBroken(code codes.Code) bool {
	switch code {
	case codes.Unavailable, codes.Internal, codes.Unknown, codes.Canceled, codes.Aborted:
		return true
	default:
		return false
	}
}

func bearer(token string) []string {
	return []string{"authorization", "Bearer " + token}
}

// newUUID is a random UUID (version 4).
func newUUID() string {
	var b [16]byte
	// crypto/rand does not fail; it ends the programme if it can't.
	_, _ = rand.Read(b[:])
	b[6] = b[6]&0x0f | 0x40
	b[8] = b[8]&0x3f | 0x80
	return fmt.Sprintf("%x-%x-%x-%x-%x", b[:4], b[4:6], b[6:8], b[8:10], b[10:])
}
