package io.github.genericconnector.v1;

import static io.grpc.MethodDescriptor.generateFullMethodName;

/**
 * <pre>
 * Questions about calls, and their data.
 * </pre>
 */
@io.grpc.stub.annotations.GrpcGenerated
public final class DialogServiceGrpc {

  private DialogServiceGrpc() {}

  public static final java.lang.String SERVICE_NAME = "gc.v1.DialogService";

  // Static method descriptors that strictly reflect the proto.
  private static volatile io.grpc.MethodDescriptor<io.github.genericconnector.v1.GetDialogStateRequest,
      io.github.genericconnector.v1.GetDialogStateResponse> getGetDialogStateMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "GetDialogState",
      requestType = io.github.genericconnector.v1.GetDialogStateRequest.class,
      responseType = io.github.genericconnector.v1.GetDialogStateResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<io.github.genericconnector.v1.GetDialogStateRequest,
      io.github.genericconnector.v1.GetDialogStateResponse> getGetDialogStateMethod() {
    io.grpc.MethodDescriptor<io.github.genericconnector.v1.GetDialogStateRequest, io.github.genericconnector.v1.GetDialogStateResponse> getGetDialogStateMethod;
    if ((getGetDialogStateMethod = DialogServiceGrpc.getGetDialogStateMethod) == null) {
      synchronized (DialogServiceGrpc.class) {
        if ((getGetDialogStateMethod = DialogServiceGrpc.getGetDialogStateMethod) == null) {
          DialogServiceGrpc.getGetDialogStateMethod = getGetDialogStateMethod =
              io.grpc.MethodDescriptor.<io.github.genericconnector.v1.GetDialogStateRequest, io.github.genericconnector.v1.GetDialogStateResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "GetDialogState"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.github.genericconnector.v1.GetDialogStateRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.github.genericconnector.v1.GetDialogStateResponse.getDefaultInstance()))
              .setSchemaDescriptor(new DialogServiceMethodDescriptorSupplier("GetDialogState"))
              .build();
        }
      }
    }
    return getGetDialogStateMethod;
  }

  private static volatile io.grpc.MethodDescriptor<io.github.genericconnector.v1.GetDialogStateControlsRequest,
      io.github.genericconnector.v1.GetDialogStateControlsResponse> getGetDialogStateControlsMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "GetDialogStateControls",
      requestType = io.github.genericconnector.v1.GetDialogStateControlsRequest.class,
      responseType = io.github.genericconnector.v1.GetDialogStateControlsResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<io.github.genericconnector.v1.GetDialogStateControlsRequest,
      io.github.genericconnector.v1.GetDialogStateControlsResponse> getGetDialogStateControlsMethod() {
    io.grpc.MethodDescriptor<io.github.genericconnector.v1.GetDialogStateControlsRequest, io.github.genericconnector.v1.GetDialogStateControlsResponse> getGetDialogStateControlsMethod;
    if ((getGetDialogStateControlsMethod = DialogServiceGrpc.getGetDialogStateControlsMethod) == null) {
      synchronized (DialogServiceGrpc.class) {
        if ((getGetDialogStateControlsMethod = DialogServiceGrpc.getGetDialogStateControlsMethod) == null) {
          DialogServiceGrpc.getGetDialogStateControlsMethod = getGetDialogStateControlsMethod =
              io.grpc.MethodDescriptor.<io.github.genericconnector.v1.GetDialogStateControlsRequest, io.github.genericconnector.v1.GetDialogStateControlsResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "GetDialogStateControls"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.github.genericconnector.v1.GetDialogStateControlsRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.github.genericconnector.v1.GetDialogStateControlsResponse.getDefaultInstance()))
              .setSchemaDescriptor(new DialogServiceMethodDescriptorSupplier("GetDialogStateControls"))
              .build();
        }
      }
    }
    return getGetDialogStateControlsMethod;
  }

  private static volatile io.grpc.MethodDescriptor<io.github.genericconnector.v1.GetDialogParticipantsRequest,
      io.github.genericconnector.v1.GetDialogParticipantsResponse> getGetDialogParticipantsMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "GetDialogParticipants",
      requestType = io.github.genericconnector.v1.GetDialogParticipantsRequest.class,
      responseType = io.github.genericconnector.v1.GetDialogParticipantsResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<io.github.genericconnector.v1.GetDialogParticipantsRequest,
      io.github.genericconnector.v1.GetDialogParticipantsResponse> getGetDialogParticipantsMethod() {
    io.grpc.MethodDescriptor<io.github.genericconnector.v1.GetDialogParticipantsRequest, io.github.genericconnector.v1.GetDialogParticipantsResponse> getGetDialogParticipantsMethod;
    if ((getGetDialogParticipantsMethod = DialogServiceGrpc.getGetDialogParticipantsMethod) == null) {
      synchronized (DialogServiceGrpc.class) {
        if ((getGetDialogParticipantsMethod = DialogServiceGrpc.getGetDialogParticipantsMethod) == null) {
          DialogServiceGrpc.getGetDialogParticipantsMethod = getGetDialogParticipantsMethod =
              io.grpc.MethodDescriptor.<io.github.genericconnector.v1.GetDialogParticipantsRequest, io.github.genericconnector.v1.GetDialogParticipantsResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "GetDialogParticipants"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.github.genericconnector.v1.GetDialogParticipantsRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.github.genericconnector.v1.GetDialogParticipantsResponse.getDefaultInstance()))
              .setSchemaDescriptor(new DialogServiceMethodDescriptorSupplier("GetDialogParticipants"))
              .build();
        }
      }
    }
    return getGetDialogParticipantsMethod;
  }

  private static volatile io.grpc.MethodDescriptor<io.github.genericconnector.v1.WrapUpRequest,
      io.github.genericconnector.v1.WrapUpResponse> getWrapUpMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "WrapUp",
      requestType = io.github.genericconnector.v1.WrapUpRequest.class,
      responseType = io.github.genericconnector.v1.WrapUpResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<io.github.genericconnector.v1.WrapUpRequest,
      io.github.genericconnector.v1.WrapUpResponse> getWrapUpMethod() {
    io.grpc.MethodDescriptor<io.github.genericconnector.v1.WrapUpRequest, io.github.genericconnector.v1.WrapUpResponse> getWrapUpMethod;
    if ((getWrapUpMethod = DialogServiceGrpc.getWrapUpMethod) == null) {
      synchronized (DialogServiceGrpc.class) {
        if ((getWrapUpMethod = DialogServiceGrpc.getWrapUpMethod) == null) {
          DialogServiceGrpc.getWrapUpMethod = getWrapUpMethod =
              io.grpc.MethodDescriptor.<io.github.genericconnector.v1.WrapUpRequest, io.github.genericconnector.v1.WrapUpResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "WrapUp"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.github.genericconnector.v1.WrapUpRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.github.genericconnector.v1.WrapUpResponse.getDefaultInstance()))
              .setSchemaDescriptor(new DialogServiceMethodDescriptorSupplier("WrapUp"))
              .build();
        }
      }
    }
    return getWrapUpMethod;
  }

  private static volatile io.grpc.MethodDescriptor<io.github.genericconnector.v1.UpdateCallVariableRequest,
      io.github.genericconnector.v1.UpdateCallVariableResponse> getUpdateCallVariableMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "UpdateCallVariable",
      requestType = io.github.genericconnector.v1.UpdateCallVariableRequest.class,
      responseType = io.github.genericconnector.v1.UpdateCallVariableResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<io.github.genericconnector.v1.UpdateCallVariableRequest,
      io.github.genericconnector.v1.UpdateCallVariableResponse> getUpdateCallVariableMethod() {
    io.grpc.MethodDescriptor<io.github.genericconnector.v1.UpdateCallVariableRequest, io.github.genericconnector.v1.UpdateCallVariableResponse> getUpdateCallVariableMethod;
    if ((getUpdateCallVariableMethod = DialogServiceGrpc.getUpdateCallVariableMethod) == null) {
      synchronized (DialogServiceGrpc.class) {
        if ((getUpdateCallVariableMethod = DialogServiceGrpc.getUpdateCallVariableMethod) == null) {
          DialogServiceGrpc.getUpdateCallVariableMethod = getUpdateCallVariableMethod =
              io.grpc.MethodDescriptor.<io.github.genericconnector.v1.UpdateCallVariableRequest, io.github.genericconnector.v1.UpdateCallVariableResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "UpdateCallVariable"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.github.genericconnector.v1.UpdateCallVariableRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.github.genericconnector.v1.UpdateCallVariableResponse.getDefaultInstance()))
              .setSchemaDescriptor(new DialogServiceMethodDescriptorSupplier("UpdateCallVariable"))
              .build();
        }
      }
    }
    return getUpdateCallVariableMethod;
  }

  /**
   * Creates a new async stub that supports all call types for the service
   */
  public static DialogServiceStub newStub(io.grpc.Channel channel) {
    io.grpc.stub.AbstractStub.StubFactory<DialogServiceStub> factory =
      new io.grpc.stub.AbstractStub.StubFactory<DialogServiceStub>() {
        @java.lang.Override
        public DialogServiceStub newStub(io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
          return new DialogServiceStub(channel, callOptions);
        }
      };
    return DialogServiceStub.newStub(factory, channel);
  }

  /**
   * Creates a new blocking-style stub that supports all types of calls on the service
   */
  public static DialogServiceBlockingV2Stub newBlockingV2Stub(
      io.grpc.Channel channel) {
    io.grpc.stub.AbstractStub.StubFactory<DialogServiceBlockingV2Stub> factory =
      new io.grpc.stub.AbstractStub.StubFactory<DialogServiceBlockingV2Stub>() {
        @java.lang.Override
        public DialogServiceBlockingV2Stub newStub(io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
          return new DialogServiceBlockingV2Stub(channel, callOptions);
        }
      };
    return DialogServiceBlockingV2Stub.newStub(factory, channel);
  }

  /**
   * Creates a new blocking-style stub that supports unary and streaming output calls on the service
   */
  public static DialogServiceBlockingStub newBlockingStub(
      io.grpc.Channel channel) {
    io.grpc.stub.AbstractStub.StubFactory<DialogServiceBlockingStub> factory =
      new io.grpc.stub.AbstractStub.StubFactory<DialogServiceBlockingStub>() {
        @java.lang.Override
        public DialogServiceBlockingStub newStub(io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
          return new DialogServiceBlockingStub(channel, callOptions);
        }
      };
    return DialogServiceBlockingStub.newStub(factory, channel);
  }

  /**
   * Creates a new ListenableFuture-style stub that supports unary calls on the service
   */
  public static DialogServiceFutureStub newFutureStub(
      io.grpc.Channel channel) {
    io.grpc.stub.AbstractStub.StubFactory<DialogServiceFutureStub> factory =
      new io.grpc.stub.AbstractStub.StubFactory<DialogServiceFutureStub>() {
        @java.lang.Override
        public DialogServiceFutureStub newStub(io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
          return new DialogServiceFutureStub(channel, callOptions);
        }
      };
    return DialogServiceFutureStub.newStub(factory, channel);
  }

  /**
   * <pre>
   * Questions about calls, and their data.
   * </pre>
   */
  public interface AsyncService {

    /**
     * <pre>
     * Tells the state of a call in the old product's words, and the call. An unknown or ended call is no error: its state
     * is NOT_FOUND.
     * </pre>
     */
    default void getDialogState(io.github.genericconnector.v1.GetDialogStateRequest request,
        io.grpc.stub.StreamObserver<io.github.genericconnector.v1.GetDialogStateResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getGetDialogStateMethod(), responseObserver);
    }

    /**
     * <pre>
     * Tells what the agent may do with a call now.
     * </pre>
     */
    default void getDialogStateControls(io.github.genericconnector.v1.GetDialogStateControlsRequest request,
        io.grpc.stub.StreamObserver<io.github.genericconnector.v1.GetDialogStateControlsResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getGetDialogStateControlsMethod(), responseObserver);
    }

    /**
     * <pre>
     * Tells who takes part in a call.
     * </pre>
     */
    default void getDialogParticipants(io.github.genericconnector.v1.GetDialogParticipantsRequest request,
        io.grpc.stub.StreamObserver<io.github.genericconnector.v1.GetDialogParticipantsResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getGetDialogParticipantsMethod(), responseObserver);
    }

    /**
     * <pre>
     * Sets the wrap-up reason of a call, during it or in wrap-up (Finesse UPDATE_CALL_DATA with `wrapUpReason`). Silent
     * on success for legacy clients.
     * </pre>
     */
    default void wrapUp(io.github.genericconnector.v1.WrapUpRequest request,
        io.grpc.stub.StreamObserver<io.github.genericconnector.v1.WrapUpResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getWrapUpMethod(), responseObserver);
    }

    /**
     * <pre>
     * Sets one variable of a call (Finesse UPDATE_CALL_DATA with `callvariables`).
     * </pre>
     */
    default void updateCallVariable(io.github.genericconnector.v1.UpdateCallVariableRequest request,
        io.grpc.stub.StreamObserver<io.github.genericconnector.v1.UpdateCallVariableResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getUpdateCallVariableMethod(), responseObserver);
    }
  }

  /**
   * Base class for the server implementation of the service DialogService.
   * <pre>
   * Questions about calls, and their data.
   * </pre>
   */
  public static abstract class DialogServiceImplBase
      implements io.grpc.BindableService, AsyncService {

    @java.lang.Override public final io.grpc.ServerServiceDefinition bindService() {
      return DialogServiceGrpc.bindService(this);
    }
  }

  /**
   * A stub to allow clients to do asynchronous rpc calls to service DialogService.
   * <pre>
   * Questions about calls, and their data.
   * </pre>
   */
  public static final class DialogServiceStub
      extends io.grpc.stub.AbstractAsyncStub<DialogServiceStub> {
    private DialogServiceStub(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      super(channel, callOptions);
    }

    @java.lang.Override
    protected DialogServiceStub build(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      return new DialogServiceStub(channel, callOptions);
    }

    /**
     * <pre>
     * Tells the state of a call in the old product's words, and the call. An unknown or ended call is no error: its state
     * is NOT_FOUND.
     * </pre>
     */
    public void getDialogState(io.github.genericconnector.v1.GetDialogStateRequest request,
        io.grpc.stub.StreamObserver<io.github.genericconnector.v1.GetDialogStateResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getGetDialogStateMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * Tells what the agent may do with a call now.
     * </pre>
     */
    public void getDialogStateControls(io.github.genericconnector.v1.GetDialogStateControlsRequest request,
        io.grpc.stub.StreamObserver<io.github.genericconnector.v1.GetDialogStateControlsResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getGetDialogStateControlsMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * Tells who takes part in a call.
     * </pre>
     */
    public void getDialogParticipants(io.github.genericconnector.v1.GetDialogParticipantsRequest request,
        io.grpc.stub.StreamObserver<io.github.genericconnector.v1.GetDialogParticipantsResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getGetDialogParticipantsMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * Sets the wrap-up reason of a call, during it or in wrap-up (Finesse UPDATE_CALL_DATA with `wrapUpReason`). Silent
     * on success for legacy clients.
     * </pre>
     */
    public void wrapUp(io.github.genericconnector.v1.WrapUpRequest request,
        io.grpc.stub.StreamObserver<io.github.genericconnector.v1.WrapUpResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getWrapUpMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * Sets one variable of a call (Finesse UPDATE_CALL_DATA with `callvariables`).
     * </pre>
     */
    public void updateCallVariable(io.github.genericconnector.v1.UpdateCallVariableRequest request,
        io.grpc.stub.StreamObserver<io.github.genericconnector.v1.UpdateCallVariableResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getUpdateCallVariableMethod(), getCallOptions()), request, responseObserver);
    }
  }

  /**
   * A stub to allow clients to do synchronous rpc calls to service DialogService.
   * <pre>
   * Questions about calls, and their data.
   * </pre>
   */
  public static final class DialogServiceBlockingV2Stub
      extends io.grpc.stub.AbstractBlockingStub<DialogServiceBlockingV2Stub> {
    private DialogServiceBlockingV2Stub(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      super(channel, callOptions);
    }

    @java.lang.Override
    protected DialogServiceBlockingV2Stub build(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      return new DialogServiceBlockingV2Stub(channel, callOptions);
    }

    /**
     * <pre>
     * Tells the state of a call in the old product's words, and the call. An unknown or ended call is no error: its state
     * is NOT_FOUND.
     * </pre>
     */
    public io.github.genericconnector.v1.GetDialogStateResponse getDialogState(io.github.genericconnector.v1.GetDialogStateRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getGetDialogStateMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Tells what the agent may do with a call now.
     * </pre>
     */
    public io.github.genericconnector.v1.GetDialogStateControlsResponse getDialogStateControls(io.github.genericconnector.v1.GetDialogStateControlsRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getGetDialogStateControlsMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Tells who takes part in a call.
     * </pre>
     */
    public io.github.genericconnector.v1.GetDialogParticipantsResponse getDialogParticipants(io.github.genericconnector.v1.GetDialogParticipantsRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getGetDialogParticipantsMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Sets the wrap-up reason of a call, during it or in wrap-up (Finesse UPDATE_CALL_DATA with `wrapUpReason`). Silent
     * on success for legacy clients.
     * </pre>
     */
    public io.github.genericconnector.v1.WrapUpResponse wrapUp(io.github.genericconnector.v1.WrapUpRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getWrapUpMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Sets one variable of a call (Finesse UPDATE_CALL_DATA with `callvariables`).
     * </pre>
     */
    public io.github.genericconnector.v1.UpdateCallVariableResponse updateCallVariable(io.github.genericconnector.v1.UpdateCallVariableRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getUpdateCallVariableMethod(), getCallOptions(), request);
    }
  }

  /**
   * A stub to allow clients to do limited synchronous rpc calls to service DialogService.
   * <pre>
   * Questions about calls, and their data.
   * </pre>
   */
  public static final class DialogServiceBlockingStub
      extends io.grpc.stub.AbstractBlockingStub<DialogServiceBlockingStub> {
    private DialogServiceBlockingStub(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      super(channel, callOptions);
    }

    @java.lang.Override
    protected DialogServiceBlockingStub build(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      return new DialogServiceBlockingStub(channel, callOptions);
    }

    /**
     * <pre>
     * Tells the state of a call in the old product's words, and the call. An unknown or ended call is no error: its state
     * is NOT_FOUND.
     * </pre>
     */
    public io.github.genericconnector.v1.GetDialogStateResponse getDialogState(io.github.genericconnector.v1.GetDialogStateRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getGetDialogStateMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Tells what the agent may do with a call now.
     * </pre>
     */
    public io.github.genericconnector.v1.GetDialogStateControlsResponse getDialogStateControls(io.github.genericconnector.v1.GetDialogStateControlsRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getGetDialogStateControlsMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Tells who takes part in a call.
     * </pre>
     */
    public io.github.genericconnector.v1.GetDialogParticipantsResponse getDialogParticipants(io.github.genericconnector.v1.GetDialogParticipantsRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getGetDialogParticipantsMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Sets the wrap-up reason of a call, during it or in wrap-up (Finesse UPDATE_CALL_DATA with `wrapUpReason`). Silent
     * on success for legacy clients.
     * </pre>
     */
    public io.github.genericconnector.v1.WrapUpResponse wrapUp(io.github.genericconnector.v1.WrapUpRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getWrapUpMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Sets one variable of a call (Finesse UPDATE_CALL_DATA with `callvariables`).
     * </pre>
     */
    public io.github.genericconnector.v1.UpdateCallVariableResponse updateCallVariable(io.github.genericconnector.v1.UpdateCallVariableRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getUpdateCallVariableMethod(), getCallOptions(), request);
    }
  }

  /**
   * A stub to allow clients to do ListenableFuture-style rpc calls to service DialogService.
   * <pre>
   * Questions about calls, and their data.
   * </pre>
   */
  public static final class DialogServiceFutureStub
      extends io.grpc.stub.AbstractFutureStub<DialogServiceFutureStub> {
    private DialogServiceFutureStub(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      super(channel, callOptions);
    }

    @java.lang.Override
    protected DialogServiceFutureStub build(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      return new DialogServiceFutureStub(channel, callOptions);
    }

    /**
     * <pre>
     * Tells the state of a call in the old product's words, and the call. An unknown or ended call is no error: its state
     * is NOT_FOUND.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<io.github.genericconnector.v1.GetDialogStateResponse> getDialogState(
        io.github.genericconnector.v1.GetDialogStateRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getGetDialogStateMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * Tells what the agent may do with a call now.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<io.github.genericconnector.v1.GetDialogStateControlsResponse> getDialogStateControls(
        io.github.genericconnector.v1.GetDialogStateControlsRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getGetDialogStateControlsMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * Tells who takes part in a call.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<io.github.genericconnector.v1.GetDialogParticipantsResponse> getDialogParticipants(
        io.github.genericconnector.v1.GetDialogParticipantsRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getGetDialogParticipantsMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * Sets the wrap-up reason of a call, during it or in wrap-up (Finesse UPDATE_CALL_DATA with `wrapUpReason`). Silent
     * on success for legacy clients.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<io.github.genericconnector.v1.WrapUpResponse> wrapUp(
        io.github.genericconnector.v1.WrapUpRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getWrapUpMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * Sets one variable of a call (Finesse UPDATE_CALL_DATA with `callvariables`).
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<io.github.genericconnector.v1.UpdateCallVariableResponse> updateCallVariable(
        io.github.genericconnector.v1.UpdateCallVariableRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getUpdateCallVariableMethod(), getCallOptions()), request);
    }
  }

  private static final int METHODID_GET_DIALOG_STATE = 0;
  private static final int METHODID_GET_DIALOG_STATE_CONTROLS = 1;
  private static final int METHODID_GET_DIALOG_PARTICIPANTS = 2;
  private static final int METHODID_WRAP_UP = 3;
  private static final int METHODID_UPDATE_CALL_VARIABLE = 4;

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
        case METHODID_GET_DIALOG_STATE:
          serviceImpl.getDialogState((io.github.genericconnector.v1.GetDialogStateRequest) request,
              (io.grpc.stub.StreamObserver<io.github.genericconnector.v1.GetDialogStateResponse>) responseObserver);
          break;
        case METHODID_GET_DIALOG_STATE_CONTROLS:
          serviceImpl.getDialogStateControls((io.github.genericconnector.v1.GetDialogStateControlsRequest) request,
              (io.grpc.stub.StreamObserver<io.github.genericconnector.v1.GetDialogStateControlsResponse>) responseObserver);
          break;
        case METHODID_GET_DIALOG_PARTICIPANTS:
          serviceImpl.getDialogParticipants((io.github.genericconnector.v1.GetDialogParticipantsRequest) request,
              (io.grpc.stub.StreamObserver<io.github.genericconnector.v1.GetDialogParticipantsResponse>) responseObserver);
          break;
        case METHODID_WRAP_UP:
          serviceImpl.wrapUp((io.github.genericconnector.v1.WrapUpRequest) request,
              (io.grpc.stub.StreamObserver<io.github.genericconnector.v1.WrapUpResponse>) responseObserver);
          break;
        case METHODID_UPDATE_CALL_VARIABLE:
          serviceImpl.updateCallVariable((io.github.genericconnector.v1.UpdateCallVariableRequest) request,
              (io.grpc.stub.StreamObserver<io.github.genericconnector.v1.UpdateCallVariableResponse>) responseObserver);
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
        default:
          throw new AssertionError();
      }
    }
  }

  public static final io.grpc.ServerServiceDefinition bindService(AsyncService service) {
    return io.grpc.ServerServiceDefinition.builder(getServiceDescriptor())
        .addMethod(
          getGetDialogStateMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              io.github.genericconnector.v1.GetDialogStateRequest,
              io.github.genericconnector.v1.GetDialogStateResponse>(
                service, METHODID_GET_DIALOG_STATE)))
        .addMethod(
          getGetDialogStateControlsMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              io.github.genericconnector.v1.GetDialogStateControlsRequest,
              io.github.genericconnector.v1.GetDialogStateControlsResponse>(
                service, METHODID_GET_DIALOG_STATE_CONTROLS)))
        .addMethod(
          getGetDialogParticipantsMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              io.github.genericconnector.v1.GetDialogParticipantsRequest,
              io.github.genericconnector.v1.GetDialogParticipantsResponse>(
                service, METHODID_GET_DIALOG_PARTICIPANTS)))
        .addMethod(
          getWrapUpMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              io.github.genericconnector.v1.WrapUpRequest,
              io.github.genericconnector.v1.WrapUpResponse>(
                service, METHODID_WRAP_UP)))
        .addMethod(
          getUpdateCallVariableMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              io.github.genericconnector.v1.UpdateCallVariableRequest,
              io.github.genericconnector.v1.UpdateCallVariableResponse>(
                service, METHODID_UPDATE_CALL_VARIABLE)))
        .build();
  }

  private static abstract class DialogServiceBaseDescriptorSupplier
      implements io.grpc.protobuf.ProtoFileDescriptorSupplier, io.grpc.protobuf.ProtoServiceDescriptorSupplier {
    DialogServiceBaseDescriptorSupplier() {}

    @java.lang.Override
    public com.google.protobuf.Descriptors.FileDescriptor getFileDescriptor() {
      return io.github.genericconnector.v1.DialogProto.getDescriptor();
    }

    @java.lang.Override
    public com.google.protobuf.Descriptors.ServiceDescriptor getServiceDescriptor() {
      return getFileDescriptor().findServiceByName("DialogService");
    }
  }

  private static final class DialogServiceFileDescriptorSupplier
      extends DialogServiceBaseDescriptorSupplier {
    DialogServiceFileDescriptorSupplier() {}
  }

  private static final class DialogServiceMethodDescriptorSupplier
      extends DialogServiceBaseDescriptorSupplier
      implements io.grpc.protobuf.ProtoMethodDescriptorSupplier {
    private final java.lang.String methodName;

    DialogServiceMethodDescriptorSupplier(java.lang.String methodName) {
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
      synchronized (DialogServiceGrpc.class) {
        result = serviceDescriptor;
        if (result == null) {
          serviceDescriptor = result = io.grpc.ServiceDescriptor.newBuilder(SERVICE_NAME)
              .setSchemaDescriptor(new DialogServiceFileDescriptorSupplier())
              .addMethod(getGetDialogStateMethod())
              .addMethod(getGetDialogStateControlsMethod())
              .addMethod(getGetDialogParticipantsMethod())
              .addMethod(getWrapUpMethod())
              .addMethod(getUpdateCallVariableMethod())
              .build();
        }
      }
    }
    return result;
  }
}
