package io.github.genericconnector.v1;

import static io.grpc.MethodDescriptor.generateFullMethodName;

/**
 * <pre>
 * The events of agents' sessions.
 * </pre>
 */
@io.grpc.stub.annotations.GrpcGenerated
public final class EventServiceGrpc {

  private EventServiceGrpc() {}

  public static final java.lang.String SERVICE_NAME = "gc.v1.EventService";

  // Static method descriptors that strictly reflect the proto.
  private static volatile io.grpc.MethodDescriptor<io.github.genericconnector.v1.SubscribeRequest,
      io.github.genericconnector.v1.SubscribeResponse> getSubscribeMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "Subscribe",
      requestType = io.github.genericconnector.v1.SubscribeRequest.class,
      responseType = io.github.genericconnector.v1.SubscribeResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.SERVER_STREAMING)
  public static io.grpc.MethodDescriptor<io.github.genericconnector.v1.SubscribeRequest,
      io.github.genericconnector.v1.SubscribeResponse> getSubscribeMethod() {
    io.grpc.MethodDescriptor<io.github.genericconnector.v1.SubscribeRequest, io.github.genericconnector.v1.SubscribeResponse> getSubscribeMethod;
    if ((getSubscribeMethod = EventServiceGrpc.getSubscribeMethod) == null) {
      synchronized (EventServiceGrpc.class) {
        if ((getSubscribeMethod = EventServiceGrpc.getSubscribeMethod) == null) {
          EventServiceGrpc.getSubscribeMethod = getSubscribeMethod =
              io.grpc.MethodDescriptor.<io.github.genericconnector.v1.SubscribeRequest, io.github.genericconnector.v1.SubscribeResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.SERVER_STREAMING)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "Subscribe"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.github.genericconnector.v1.SubscribeRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.github.genericconnector.v1.SubscribeResponse.getDefaultInstance()))
              .setSchemaDescriptor(new EventServiceMethodDescriptorSupplier("Subscribe"))
              .build();
        }
      }
    }
    return getSubscribeMethod;
  }

  private static volatile io.grpc.MethodDescriptor<io.github.genericconnector.v1.AttachRequest,
      io.github.genericconnector.v1.AttachResponse> getAttachMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "Attach",
      requestType = io.github.genericconnector.v1.AttachRequest.class,
      responseType = io.github.genericconnector.v1.AttachResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.BIDI_STREAMING)
  public static io.grpc.MethodDescriptor<io.github.genericconnector.v1.AttachRequest,
      io.github.genericconnector.v1.AttachResponse> getAttachMethod() {
    io.grpc.MethodDescriptor<io.github.genericconnector.v1.AttachRequest, io.github.genericconnector.v1.AttachResponse> getAttachMethod;
    if ((getAttachMethod = EventServiceGrpc.getAttachMethod) == null) {
      synchronized (EventServiceGrpc.class) {
        if ((getAttachMethod = EventServiceGrpc.getAttachMethod) == null) {
          EventServiceGrpc.getAttachMethod = getAttachMethod =
              io.grpc.MethodDescriptor.<io.github.genericconnector.v1.AttachRequest, io.github.genericconnector.v1.AttachResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.BIDI_STREAMING)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "Attach"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.github.genericconnector.v1.AttachRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.github.genericconnector.v1.AttachResponse.getDefaultInstance()))
              .setSchemaDescriptor(new EventServiceMethodDescriptorSupplier("Attach"))
              .build();
        }
      }
    }
    return getAttachMethod;
  }

  /**
   * Creates a new async stub that supports all call types for the service
   */
  public static EventServiceStub newStub(io.grpc.Channel channel) {
    io.grpc.stub.AbstractStub.StubFactory<EventServiceStub> factory =
      new io.grpc.stub.AbstractStub.StubFactory<EventServiceStub>() {
        @java.lang.Override
        public EventServiceStub newStub(io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
          return new EventServiceStub(channel, callOptions);
        }
      };
    return EventServiceStub.newStub(factory, channel);
  }

  /**
   * Creates a new blocking-style stub that supports all types of calls on the service
   */
  public static EventServiceBlockingV2Stub newBlockingV2Stub(
      io.grpc.Channel channel) {
    io.grpc.stub.AbstractStub.StubFactory<EventServiceBlockingV2Stub> factory =
      new io.grpc.stub.AbstractStub.StubFactory<EventServiceBlockingV2Stub>() {
        @java.lang.Override
        public EventServiceBlockingV2Stub newStub(io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
          return new EventServiceBlockingV2Stub(channel, callOptions);
        }
      };
    return EventServiceBlockingV2Stub.newStub(factory, channel);
  }

  /**
   * Creates a new blocking-style stub that supports unary and streaming output calls on the service
   */
  public static EventServiceBlockingStub newBlockingStub(
      io.grpc.Channel channel) {
    io.grpc.stub.AbstractStub.StubFactory<EventServiceBlockingStub> factory =
      new io.grpc.stub.AbstractStub.StubFactory<EventServiceBlockingStub>() {
        @java.lang.Override
        public EventServiceBlockingStub newStub(io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
          return new EventServiceBlockingStub(channel, callOptions);
        }
      };
    return EventServiceBlockingStub.newStub(factory, channel);
  }

  /**
   * Creates a new ListenableFuture-style stub that supports unary calls on the service
   */
  public static EventServiceFutureStub newFutureStub(
      io.grpc.Channel channel) {
    io.grpc.stub.AbstractStub.StubFactory<EventServiceFutureStub> factory =
      new io.grpc.stub.AbstractStub.StubFactory<EventServiceFutureStub>() {
        @java.lang.Override
        public EventServiceFutureStub newStub(io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
          return new EventServiceFutureStub(channel, callOptions);
        }
      };
    return EventServiceFutureStub.newStub(factory, channel);
  }

  /**
   * <pre>
   * The events of agents' sessions.
   * </pre>
   */
  public interface AsyncService {

    /**
     * <pre>
     * Streams what happens to agents.
     * The contract:
     * 1. A request names agents, or none: then the token's own. Snapshot, Resumed, Reset, Stale, AgentAttached and
     *    AgentDetached are about one agent; Heartbeat and Draining are about the stream.
     * 2. For each agent the first message MUST be a Snapshot, or Resumed when the request's cursor is still held. A
     *    client MUST replace all that it knows of the agent by the Snapshot.
     * 3. Then the agent's events follow. Their `sequence` MUST rise by exactly one from event to event, from the one
     *    after the Snapshot's or the cursor's: there is no hole and no duplicate. No order is promised between agents.
     * 4. A cursor that is too old, unknown or of another epoch MUST be answered with a Reset and a Snapshot, never with
     *    silence; one of an agent who has no session, or is not to be seen any more, with AgentDetached. The same happens
     *    in mid-stream when events can't be continued. After a Resumed the picture is current unless a Stale follows,
     *    whatever the client had been told before.
     * 5. A client MUST take the cursor as opaque. It resumes with the cursor of the last event, Snapshot or Resumed that
     *    it has processed.
     * 6. While nothing else is sent the server MUST send a Heartbeat at least every 15 seconds. A client that has heard
     *    nothing for 45 seconds SHOULD open the stream anew.
     * 7. A subscriber that can't keep up MUST be cut: the stream ends with RESOURCE_EXHAUSTED and the reason
     *    SLOW_CONSUMER, its metadata carries the agent and the cursor of the agent's last event that was handed to the
     *    transport; of other agents the client resumes after what it has. Other subscribers notice nothing.
     * 8. Before the service stops, it sends Draining; the stream ends with UNAVAILABLE at the deadline or before. A
     *    client SHOULD resume at once elsewhere, or after a delay with jitter.
     * 9. An agent's stream MUST end with UNAUTHENTICATED and the reason SESSION_EXPIRED when the token that opened it ends:
     *    by Disconnect, or with the session, whose last events precede it. Other tokens' streams go on after a Disconnect.
     *    An open stream keeps its token in use. A service's stream outlives sessions: it gets AgentDetached.
     * 10. Replies of commands are not events: they go to the asker alone. A reply's `as_of_sequence` says which events it
     *    takes into account.
     * 11. The final state of an agent and of a call is guaranteed, states in between are best effort: Finesse may not
     *     tell them.
     * 12. A client MUST ignore a message or an event payload that it does not know, but count the event's sequence.
     * </pre>
     */
    default void subscribe(io.github.genericconnector.v1.SubscribeRequest request,
        io.grpc.stub.StreamObserver<io.github.genericconnector.v1.SubscribeResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getSubscribeMethod(), responseObserver);
    }

    /**
     * <pre>
     * Streams the same in one bidirectional stream, with commands and their results. The first message up MUST be an
     * attach; what Subscribe promises holds here too. At most 32 commands are in flight, more are refused with
     * TOO_MANY_REQUESTS. Results arrive in the order in which the commands end. A browser can't do this: whatever Attach
     * does also works as Subscribe and unary calls.
     * The contract, beside Subscribe's:
     * 1. The stream is an agent's: its token stands in the attach or in the call's metadata. What is no attach at first,
     *    a second attach, an acknowledgement that was not given out and a message that can't be read end the stream with
     *    INVALID_ARGUMENT and the reason INVALID_INPUT; so does an attach of more than 4 KiB.
     * 2. A command is the unary RPC of the same request: the same access, the same outcome, the same reply, and an error
     *    says what the RPC's status details would. Commands run side by side; a result counts as in flight until it is
     *    sent, and is sent after the event that its `as_of_sequence` names. A command that is refused before it is begun
     *    is answered at once.
     * 3. Events are sent as far as the client's window beyond its last acknowledgement; those after that wait, with the
     *    results that reflect them. When as many wait as may, the stream ends with the reason SLOW_CONSUMER.
     * 4. A client that ends its side gets the results of what is in flight, and then the end of the stream. One that is
     *    gone undoes nothing: what was sent to Finesse takes its course, and a retry with the same `request_id` learns of it.
     * 5. Disconnect is answered before it ends the stream.
     * </pre>
     */
    default io.grpc.stub.StreamObserver<io.github.genericconnector.v1.AttachRequest> attach(
        io.grpc.stub.StreamObserver<io.github.genericconnector.v1.AttachResponse> responseObserver) {
      return io.grpc.stub.ServerCalls.asyncUnimplementedStreamingCall(getAttachMethod(), responseObserver);
    }
  }

  /**
   * Base class for the server implementation of the service EventService.
   * <pre>
   * The events of agents' sessions.
   * </pre>
   */
  public static abstract class EventServiceImplBase
      implements io.grpc.BindableService, AsyncService {

    @java.lang.Override public final io.grpc.ServerServiceDefinition bindService() {
      return EventServiceGrpc.bindService(this);
    }
  }

  /**
   * A stub to allow clients to do asynchronous rpc calls to service EventService.
   * <pre>
   * The events of agents' sessions.
   * </pre>
   */
  public static final class EventServiceStub
      extends io.grpc.stub.AbstractAsyncStub<EventServiceStub> {
    private EventServiceStub(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      super(channel, callOptions);
    }

    @java.lang.Override
    protected EventServiceStub build(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      return new EventServiceStub(channel, callOptions);
    }

    /**
     * <pre>
     * Streams what happens to agents.
     * The contract:
     * 1. A request names agents, or none: then the token's own. Snapshot, Resumed, Reset, Stale, AgentAttached and
     *    AgentDetached are about one agent; Heartbeat and Draining are about the stream.
     * 2. For each agent the first message MUST be a Snapshot, or Resumed when the request's cursor is still held. A
     *    client MUST replace all that it knows of the agent by the Snapshot.
     * 3. Then the agent's events follow. Their `sequence` MUST rise by exactly one from event to event, from the one
     *    after the Snapshot's or the cursor's: there is no hole and no duplicate. No order is promised between agents.
     * 4. A cursor that is too old, unknown or of another epoch MUST be answered with a Reset and a Snapshot, never with
     *    silence; one of an agent who has no session, or is not to be seen any more, with AgentDetached. The same happens
     *    in mid-stream when events can't be continued. After a Resumed the picture is current unless a Stale follows,
     *    whatever the client had been told before.
     * 5. A client MUST take the cursor as opaque. It resumes with the cursor of the last event, Snapshot or Resumed that
     *    it has processed.
     * 6. While nothing else is sent the server MUST send a Heartbeat at least every 15 seconds. A client that has heard
     *    nothing for 45 seconds SHOULD open the stream anew.
     * 7. A subscriber that can't keep up MUST be cut: the stream ends with RESOURCE_EXHAUSTED and the reason
     *    SLOW_CONSUMER, its metadata carries the agent and the cursor of the agent's last event that was handed to the
     *    transport; of other agents the client resumes after what it has. Other subscribers notice nothing.
     * 8. Before the service stops, it sends Draining; the stream ends with UNAVAILABLE at the deadline or before. A
     *    client SHOULD resume at once elsewhere, or after a delay with jitter.
     * 9. An agent's stream MUST end with UNAUTHENTICATED and the reason SESSION_EXPIRED when the token that opened it ends:
     *    by Disconnect, or with the session, whose last events precede it. Other tokens' streams go on after a Disconnect.
     *    An open stream keeps its token in use. A service's stream outlives sessions: it gets AgentDetached.
     * 10. Replies of commands are not events: they go to the asker alone. A reply's `as_of_sequence` says which events it
     *    takes into account.
     * 11. The final state of an agent and of a call is guaranteed, states in between are best effort: Finesse may not
     *     tell them.
     * 12. A client MUST ignore a message or an event payload that it does not know, but count the event's sequence.
     * </pre>
     */
    public void subscribe(io.github.genericconnector.v1.SubscribeRequest request,
        io.grpc.stub.StreamObserver<io.github.genericconnector.v1.SubscribeResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncServerStreamingCall(
          getChannel().newCall(getSubscribeMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * Streams the same in one bidirectional stream, with commands and their results. The first message up MUST be an
     * attach; what Subscribe promises holds here too. At most 32 commands are in flight, more are refused with
     * TOO_MANY_REQUESTS. Results arrive in the order in which the commands end. A browser can't do this: whatever Attach
     * does also works as Subscribe and unary calls.
     * The contract, beside Subscribe's:
     * 1. The stream is an agent's: its token stands in the attach or in the call's metadata. What is no attach at first,
     *    a second attach, an acknowledgement that was not given out and a message that can't be read end the stream with
     *    INVALID_ARGUMENT and the reason INVALID_INPUT; so does an attach of more than 4 KiB.
     * 2. A command is the unary RPC of the same request: the same access, the same outcome, the same reply, and an error
     *    says what the RPC's status details would. Commands run side by side; a result counts as in flight until it is
     *    sent, and is sent after the event that its `as_of_sequence` names. A command that is refused before it is begun
     *    is answered at once.
     * 3. Events are sent as far as the client's window beyond its last acknowledgement; those after that wait, with the
     *    results that reflect them. When as many wait as may, the stream ends with the reason SLOW_CONSUMER.
     * 4. A client that ends its side gets the results of what is in flight, and then the end of the stream. One that is
     *    gone undoes nothing: what was sent to Finesse takes its course, and a retry with the same `request_id` learns of it.
     * 5. Disconnect is answered before it ends the stream.
     * </pre>
     */
    public io.grpc.stub.StreamObserver<io.github.genericconnector.v1.AttachRequest> attach(
        io.grpc.stub.StreamObserver<io.github.genericconnector.v1.AttachResponse> responseObserver) {
      return io.grpc.stub.ClientCalls.asyncBidiStreamingCall(
          getChannel().newCall(getAttachMethod(), getCallOptions()), responseObserver);
    }
  }

  /**
   * A stub to allow clients to do synchronous rpc calls to service EventService.
   * <pre>
   * The events of agents' sessions.
   * </pre>
   */
  public static final class EventServiceBlockingV2Stub
      extends io.grpc.stub.AbstractBlockingStub<EventServiceBlockingV2Stub> {
    private EventServiceBlockingV2Stub(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      super(channel, callOptions);
    }

    @java.lang.Override
    protected EventServiceBlockingV2Stub build(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      return new EventServiceBlockingV2Stub(channel, callOptions);
    }

    /**
     * <pre>
     * Streams what happens to agents.
     * The contract:
     * 1. A request names agents, or none: then the token's own. Snapshot, Resumed, Reset, Stale, AgentAttached and
     *    AgentDetached are about one agent; Heartbeat and Draining are about the stream.
     * 2. For each agent the first message MUST be a Snapshot, or Resumed when the request's cursor is still held. A
     *    client MUST replace all that it knows of the agent by the Snapshot.
     * 3. Then the agent's events follow. Their `sequence` MUST rise by exactly one from event to event, from the one
     *    after the Snapshot's or the cursor's: there is no hole and no duplicate. No order is promised between agents.
     * 4. A cursor that is too old, unknown or of another epoch MUST be answered with a Reset and a Snapshot, never with
     *    silence; one of an agent who has no session, or is not to be seen any more, with AgentDetached. The same happens
     *    in mid-stream when events can't be continued. After a Resumed the picture is current unless a Stale follows,
     *    whatever the client had been told before.
     * 5. A client MUST take the cursor as opaque. It resumes with the cursor of the last event, Snapshot or Resumed that
     *    it has processed.
     * 6. While nothing else is sent the server MUST send a Heartbeat at least every 15 seconds. A client that has heard
     *    nothing for 45 seconds SHOULD open the stream anew.
     * 7. A subscriber that can't keep up MUST be cut: the stream ends with RESOURCE_EXHAUSTED and the reason
     *    SLOW_CONSUMER, its metadata carries the agent and the cursor of the agent's last event that was handed to the
     *    transport; of other agents the client resumes after what it has. Other subscribers notice nothing.
     * 8. Before the service stops, it sends Draining; the stream ends with UNAVAILABLE at the deadline or before. A
     *    client SHOULD resume at once elsewhere, or after a delay with jitter.
     * 9. An agent's stream MUST end with UNAUTHENTICATED and the reason SESSION_EXPIRED when the token that opened it ends:
     *    by Disconnect, or with the session, whose last events precede it. Other tokens' streams go on after a Disconnect.
     *    An open stream keeps its token in use. A service's stream outlives sessions: it gets AgentDetached.
     * 10. Replies of commands are not events: they go to the asker alone. A reply's `as_of_sequence` says which events it
     *    takes into account.
     * 11. The final state of an agent and of a call is guaranteed, states in between are best effort: Finesse may not
     *     tell them.
     * 12. A client MUST ignore a message or an event payload that it does not know, but count the event's sequence.
     * </pre>
     */
    @io.grpc.ExperimentalApi("https://github.com/grpc/grpc-java/issues/10918")
    public io.grpc.stub.BlockingClientCall<?, io.github.genericconnector.v1.SubscribeResponse>
        subscribe(io.github.genericconnector.v1.SubscribeRequest request) {
      return io.grpc.stub.ClientCalls.blockingV2ServerStreamingCall(
          getChannel(), getSubscribeMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Streams the same in one bidirectional stream, with commands and their results. The first message up MUST be an
     * attach; what Subscribe promises holds here too. At most 32 commands are in flight, more are refused with
     * TOO_MANY_REQUESTS. Results arrive in the order in which the commands end. A browser can't do this: whatever Attach
     * does also works as Subscribe and unary calls.
     * The contract, beside Subscribe's:
     * 1. The stream is an agent's: its token stands in the attach or in the call's metadata. What is no attach at first,
     *    a second attach, an acknowledgement that was not given out and a message that can't be read end the stream with
     *    INVALID_ARGUMENT and the reason INVALID_INPUT; so does an attach of more than 4 KiB.
     * 2. A command is the unary RPC of the same request: the same access, the same outcome, the same reply, and an error
     *    says what the RPC's status details would. Commands run side by side; a result counts as in flight until it is
     *    sent, and is sent after the event that its `as_of_sequence` names. A command that is refused before it is begun
     *    is answered at once.
     * 3. Events are sent as far as the client's window beyond its last acknowledgement; those after that wait, with the
     *    results that reflect them. When as many wait as may, the stream ends with the reason SLOW_CONSUMER.
     * 4. A client that ends its side gets the results of what is in flight, and then the end of the stream. One that is
     *    gone undoes nothing: what was sent to Finesse takes its course, and a retry with the same `request_id` learns of it.
     * 5. Disconnect is answered before it ends the stream.
     * </pre>
     */
    @io.grpc.ExperimentalApi("https://github.com/grpc/grpc-java/issues/10918")
    public io.grpc.stub.BlockingClientCall<io.github.genericconnector.v1.AttachRequest, io.github.genericconnector.v1.AttachResponse>
        attach() {
      return io.grpc.stub.ClientCalls.blockingBidiStreamingCall(
          getChannel(), getAttachMethod(), getCallOptions());
    }
  }

  /**
   * A stub to allow clients to do limited synchronous rpc calls to service EventService.
   * <pre>
   * The events of agents' sessions.
   * </pre>
   */
  public static final class EventServiceBlockingStub
      extends io.grpc.stub.AbstractBlockingStub<EventServiceBlockingStub> {
    private EventServiceBlockingStub(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      super(channel, callOptions);
    }

    @java.lang.Override
    protected EventServiceBlockingStub build(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      return new EventServiceBlockingStub(channel, callOptions);
    }

    /**
     * <pre>
     * Streams what happens to agents.
     * The contract:
     * 1. A request names agents, or none: then the token's own. Snapshot, Resumed, Reset, Stale, AgentAttached and
     *    AgentDetached are about one agent; Heartbeat and Draining are about the stream.
     * 2. For each agent the first message MUST be a Snapshot, or Resumed when the request's cursor is still held. A
     *    client MUST replace all that it knows of the agent by the Snapshot.
     * 3. Then the agent's events follow. Their `sequence` MUST rise by exactly one from event to event, from the one
     *    after the Snapshot's or the cursor's: there is no hole and no duplicate. No order is promised between agents.
     * 4. A cursor that is too old, unknown or of another epoch MUST be answered with a Reset and a Snapshot, never with
     *    silence; one of an agent who has no session, or is not to be seen any more, with AgentDetached. The same happens
     *    in mid-stream when events can't be continued. After a Resumed the picture is current unless a Stale follows,
     *    whatever the client had been told before.
     * 5. A client MUST take the cursor as opaque. It resumes with the cursor of the last event, Snapshot or Resumed that
     *    it has processed.
     * 6. While nothing else is sent the server MUST send a Heartbeat at least every 15 seconds. A client that has heard
     *    nothing for 45 seconds SHOULD open the stream anew.
     * 7. A subscriber that can't keep up MUST be cut: the stream ends with RESOURCE_EXHAUSTED and the reason
     *    SLOW_CONSUMER, its metadata carries the agent and the cursor of the agent's last event that was handed to the
     *    transport; of other agents the client resumes after what it has. Other subscribers notice nothing.
     * 8. Before the service stops, it sends Draining; the stream ends with UNAVAILABLE at the deadline or before. A
     *    client SHOULD resume at once elsewhere, or after a delay with jitter.
     * 9. An agent's stream MUST end with UNAUTHENTICATED and the reason SESSION_EXPIRED when the token that opened it ends:
     *    by Disconnect, or with the session, whose last events precede it. Other tokens' streams go on after a Disconnect.
     *    An open stream keeps its token in use. A service's stream outlives sessions: it gets AgentDetached.
     * 10. Replies of commands are not events: they go to the asker alone. A reply's `as_of_sequence` says which events it
     *    takes into account.
     * 11. The final state of an agent and of a call is guaranteed, states in between are best effort: Finesse may not
     *     tell them.
     * 12. A client MUST ignore a message or an event payload that it does not know, but count the event's sequence.
     * </pre>
     */
    public java.util.Iterator<io.github.genericconnector.v1.SubscribeResponse> subscribe(
        io.github.genericconnector.v1.SubscribeRequest request) {
      return io.grpc.stub.ClientCalls.blockingServerStreamingCall(
          getChannel(), getSubscribeMethod(), getCallOptions(), request);
    }
  }

  /**
   * A stub to allow clients to do ListenableFuture-style rpc calls to service EventService.
   * <pre>
   * The events of agents' sessions.
   * </pre>
   */
  public static final class EventServiceFutureStub
      extends io.grpc.stub.AbstractFutureStub<EventServiceFutureStub> {
    private EventServiceFutureStub(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      super(channel, callOptions);
    }

    @java.lang.Override
    protected EventServiceFutureStub build(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      return new EventServiceFutureStub(channel, callOptions);
    }
  }

  private static final int METHODID_SUBSCRIBE = 0;
  private static final int METHODID_ATTACH = 1;

  private static final class MethodHandlers<Req, Resp> implements
      io.grpc.stub.ServerCalls.UnaryMethod<Req, Resp>,
      io.grpc.stub.ServerCalls.ServerStreamingMethod<Req, Resp>,
      io.grpc.stub.ServerCalls.ClientStreamingMethod<Req, Resp>,
      io.grpc.stub.ServerCalls.BidiStreamingMethod<Req, Resp> {
    private final AsyncService serviceImpl;
    private final int methodId;

    MethodHandlers(AsyncService serviceImpl, int methodId) {
      this.serviceImpl = serviceImpl;
      this.methodId = methodId;
    }

    @java.lang.Override
    @java.lang.SuppressWarnings("unchecked")
    public void invoke(Req request, io.grpc.stub.StreamObserver<Resp> responseObserver) {
      switch (methodId) {
        case METHODID_SUBSCRIBE:
          serviceImpl.subscribe((io.github.genericconnector.v1.SubscribeRequest) request,
              (io.grpc.stub.StreamObserver<io.github.genericconnector.v1.SubscribeResponse>) responseObserver);
          break;
        default:
          throw new AssertionError();
      }
    }

    @java.lang.Override
    @java.lang.SuppressWarnings("unchecked")
    public io.grpc.stub.StreamObserver<Req> invoke(
        io.grpc.stub.StreamObserver<Resp> responseObserver) {
      switch (methodId) {
        case METHODID_ATTACH:
          return (io.grpc.stub.StreamObserver<Req>) serviceImpl.attach(
              (io.grpc.stub.StreamObserver<io.github.genericconnector.v1.AttachResponse>) responseObserver);
        default:
          throw new AssertionError();
      }
    }
  }

  public static final io.grpc.ServerServiceDefinition bindService(AsyncService service) {
    return io.grpc.ServerServiceDefinition.builder(getServiceDescriptor())
        .addMethod(
          getSubscribeMethod(),
          io.grpc.stub.ServerCalls.asyncServerStreamingCall(
            new MethodHandlers<
              io.github.genericconnector.v1.SubscribeRequest,
              io.github.genericconnector.v1.SubscribeResponse>(
                service, METHODID_SUBSCRIBE)))
        .addMethod(
          getAttachMethod(),
          io.grpc.stub.ServerCalls.asyncBidiStreamingCall(
            new MethodHandlers<
              io.github.genericconnector.v1.AttachRequest,
              io.github.genericconnector.v1.AttachResponse>(
                service, METHODID_ATTACH)))
        .build();
  }

  private static abstract class EventServiceBaseDescriptorSupplier
      implements io.grpc.protobuf.ProtoFileDescriptorSupplier, io.grpc.protobuf.ProtoServiceDescriptorSupplier {
    EventServiceBaseDescriptorSupplier() {}

    @java.lang.Override
    public com.google.protobuf.Descriptors.FileDescriptor getFileDescriptor() {
      return io.github.genericconnector.v1.EventProto.getDescriptor();
    }

    @java.lang.Override
    public com.google.protobuf.Descriptors.ServiceDescriptor getServiceDescriptor() {
      return getFileDescriptor().findServiceByName("EventService");
    }
  }

  private static final class EventServiceFileDescriptorSupplier
      extends EventServiceBaseDescriptorSupplier {
    EventServiceFileDescriptorSupplier() {}
  }

  private static final class EventServiceMethodDescriptorSupplier
      extends EventServiceBaseDescriptorSupplier
      implements io.grpc.protobuf.ProtoMethodDescriptorSupplier {
    private final java.lang.String methodName;

    EventServiceMethodDescriptorSupplier(java.lang.String methodName) {
      this.methodName = methodName;
    }

    @java.lang.Override
    public com.google.protobuf.Descriptors.MethodDescriptor getMethodDescriptor() {
      return getServiceDescriptor().findMethodByName(methodName);
    }
  }

  private static volatile io.grpc.ServiceDescriptor serviceDescriptor;

  public static io.grpc.ServiceDescriptor getServiceDescriptor() {
    io.grpc.ServiceDescriptor result = serviceDescriptor;
    if (result == null) {
      synchronized (EventServiceGrpc.class) {
        result = serviceDescriptor;
        if (result == null) {
          serviceDescriptor = result = io.grpc.ServiceDescriptor.newBuilder(SERVICE_NAME)
              .setSchemaDescriptor(new EventServiceFileDescriptorSupplier())
              .addMethod(getSubscribeMethod())
              .addMethod(getAttachMethod())
              .build();
        }
      }
    }
    return result;
  }
}
