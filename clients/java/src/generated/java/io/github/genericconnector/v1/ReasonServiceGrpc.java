package io.github.genericconnector.v1;

import static io.grpc.MethodDescriptor.generateFullMethodName;

/**
 * <pre>
 * The reasons that an agent may give. Read once per session, and again when Finesse refuses one of them.
 * </pre>
 */
@io.grpc.stub.annotations.GrpcGenerated
public final class ReasonServiceGrpc {

  private ReasonServiceGrpc() {}

  public static final java.lang.String SERVICE_NAME = "gc.v1.ReasonService";

  // Static method descriptors that strictly reflect the proto.
  private static volatile io.grpc.MethodDescriptor<io.github.genericconnector.v1.GetWrapUpReasonCodesRequest,
      io.github.genericconnector.v1.GetWrapUpReasonCodesResponse> getGetWrapUpReasonCodesMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "GetWrapUpReasonCodes",
      requestType = io.github.genericconnector.v1.GetWrapUpReasonCodesRequest.class,
      responseType = io.github.genericconnector.v1.GetWrapUpReasonCodesResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<io.github.genericconnector.v1.GetWrapUpReasonCodesRequest,
      io.github.genericconnector.v1.GetWrapUpReasonCodesResponse> getGetWrapUpReasonCodesMethod() {
    io.grpc.MethodDescriptor<io.github.genericconnector.v1.GetWrapUpReasonCodesRequest, io.github.genericconnector.v1.GetWrapUpReasonCodesResponse> getGetWrapUpReasonCodesMethod;
    if ((getGetWrapUpReasonCodesMethod = ReasonServiceGrpc.getGetWrapUpReasonCodesMethod) == null) {
      synchronized (ReasonServiceGrpc.class) {
        if ((getGetWrapUpReasonCodesMethod = ReasonServiceGrpc.getGetWrapUpReasonCodesMethod) == null) {
          ReasonServiceGrpc.getGetWrapUpReasonCodesMethod = getGetWrapUpReasonCodesMethod =
              io.grpc.MethodDescriptor.<io.github.genericconnector.v1.GetWrapUpReasonCodesRequest, io.github.genericconnector.v1.GetWrapUpReasonCodesResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "GetWrapUpReasonCodes"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.github.genericconnector.v1.GetWrapUpReasonCodesRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.github.genericconnector.v1.GetWrapUpReasonCodesResponse.getDefaultInstance()))
              .setSchemaDescriptor(new ReasonServiceMethodDescriptorSupplier("GetWrapUpReasonCodes"))
              .build();
        }
      }
    }
    return getGetWrapUpReasonCodesMethod;
  }

  private static volatile io.grpc.MethodDescriptor<io.github.genericconnector.v1.GetLogoutReasonCodesRequest,
      io.github.genericconnector.v1.GetLogoutReasonCodesResponse> getGetLogoutReasonCodesMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "GetLogoutReasonCodes",
      requestType = io.github.genericconnector.v1.GetLogoutReasonCodesRequest.class,
      responseType = io.github.genericconnector.v1.GetLogoutReasonCodesResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<io.github.genericconnector.v1.GetLogoutReasonCodesRequest,
      io.github.genericconnector.v1.GetLogoutReasonCodesResponse> getGetLogoutReasonCodesMethod() {
    io.grpc.MethodDescriptor<io.github.genericconnector.v1.GetLogoutReasonCodesRequest, io.github.genericconnector.v1.GetLogoutReasonCodesResponse> getGetLogoutReasonCodesMethod;
    if ((getGetLogoutReasonCodesMethod = ReasonServiceGrpc.getGetLogoutReasonCodesMethod) == null) {
      synchronized (ReasonServiceGrpc.class) {
        if ((getGetLogoutReasonCodesMethod = ReasonServiceGrpc.getGetLogoutReasonCodesMethod) == null) {
          ReasonServiceGrpc.getGetLogoutReasonCodesMethod = getGetLogoutReasonCodesMethod =
              io.grpc.MethodDescriptor.<io.github.genericconnector.v1.GetLogoutReasonCodesRequest, io.github.genericconnector.v1.GetLogoutReasonCodesResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "GetLogoutReasonCodes"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.github.genericconnector.v1.GetLogoutReasonCodesRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.github.genericconnector.v1.GetLogoutReasonCodesResponse.getDefaultInstance()))
              .setSchemaDescriptor(new ReasonServiceMethodDescriptorSupplier("GetLogoutReasonCodes"))
              .build();
        }
      }
    }
    return getGetLogoutReasonCodesMethod;
  }

  private static volatile io.grpc.MethodDescriptor<io.github.genericconnector.v1.GetNotReadyReasonCodesRequest,
      io.github.genericconnector.v1.GetNotReadyReasonCodesResponse> getGetNotReadyReasonCodesMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "GetNotReadyReasonCodes",
      requestType = io.github.genericconnector.v1.GetNotReadyReasonCodesRequest.class,
      responseType = io.github.genericconnector.v1.GetNotReadyReasonCodesResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<io.github.genericconnector.v1.GetNotReadyReasonCodesRequest,
      io.github.genericconnector.v1.GetNotReadyReasonCodesResponse> getGetNotReadyReasonCodesMethod() {
    io.grpc.MethodDescriptor<io.github.genericconnector.v1.GetNotReadyReasonCodesRequest, io.github.genericconnector.v1.GetNotReadyReasonCodesResponse> getGetNotReadyReasonCodesMethod;
    if ((getGetNotReadyReasonCodesMethod = ReasonServiceGrpc.getGetNotReadyReasonCodesMethod) == null) {
      synchronized (ReasonServiceGrpc.class) {
        if ((getGetNotReadyReasonCodesMethod = ReasonServiceGrpc.getGetNotReadyReasonCodesMethod) == null) {
          ReasonServiceGrpc.getGetNotReadyReasonCodesMethod = getGetNotReadyReasonCodesMethod =
              io.grpc.MethodDescriptor.<io.github.genericconnector.v1.GetNotReadyReasonCodesRequest, io.github.genericconnector.v1.GetNotReadyReasonCodesResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "GetNotReadyReasonCodes"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.github.genericconnector.v1.GetNotReadyReasonCodesRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.github.genericconnector.v1.GetNotReadyReasonCodesResponse.getDefaultInstance()))
              .setSchemaDescriptor(new ReasonServiceMethodDescriptorSupplier("GetNotReadyReasonCodes"))
              .build();
        }
      }
    }
    return getGetNotReadyReasonCodesMethod;
  }

  /**
   * Creates a new async stub that supports all call types for the service
   */
  public static ReasonServiceStub newStub(io.grpc.Channel channel) {
    io.grpc.stub.AbstractStub.StubFactory<ReasonServiceStub> factory =
      new io.grpc.stub.AbstractStub.StubFactory<ReasonServiceStub>() {
        @java.lang.Override
        public ReasonServiceStub newStub(io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
          return new ReasonServiceStub(channel, callOptions);
        }
      };
    return ReasonServiceStub.newStub(factory, channel);
  }

  /**
   * Creates a new blocking-style stub that supports all types of calls on the service
   */
  public static ReasonServiceBlockingV2Stub newBlockingV2Stub(
      io.grpc.Channel channel) {
    io.grpc.stub.AbstractStub.StubFactory<ReasonServiceBlockingV2Stub> factory =
      new io.grpc.stub.AbstractStub.StubFactory<ReasonServiceBlockingV2Stub>() {
        @java.lang.Override
        public ReasonServiceBlockingV2Stub newStub(io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
          return new ReasonServiceBlockingV2Stub(channel, callOptions);
        }
      };
    return ReasonServiceBlockingV2Stub.newStub(factory, channel);
  }

  /**
   * Creates a new blocking-style stub that supports unary and streaming output calls on the service
   */
  public static ReasonServiceBlockingStub newBlockingStub(
      io.grpc.Channel channel) {
    io.grpc.stub.AbstractStub.StubFactory<ReasonServiceBlockingStub> factory =
      new io.grpc.stub.AbstractStub.StubFactory<ReasonServiceBlockingStub>() {
        @java.lang.Override
        public ReasonServiceBlockingStub newStub(io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
          return new ReasonServiceBlockingStub(channel, callOptions);
        }
      };
    return ReasonServiceBlockingStub.newStub(factory, channel);
  }

  /**
   * Creates a new ListenableFuture-style stub that supports unary calls on the service
   */
  public static ReasonServiceFutureStub newFutureStub(
      io.grpc.Channel channel) {
    io.grpc.stub.AbstractStub.StubFactory<ReasonServiceFutureStub> factory =
      new io.grpc.stub.AbstractStub.StubFactory<ReasonServiceFutureStub>() {
        @java.lang.Override
        public ReasonServiceFutureStub newStub(io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
          return new ReasonServiceFutureStub(channel, callOptions);
        }
      };
    return ReasonServiceFutureStub.newStub(factory, channel);
  }

  /**
   * <pre>
   * The reasons that an agent may give. Read once per session, and again when Finesse refuses one of them.
   * </pre>
   */
  public interface AsyncService {

    /**
     * <pre>
     * Lists the reasons for wrap-up.
     * </pre>
     */
    default void getWrapUpReasonCodes(io.github.genericconnector.v1.GetWrapUpReasonCodesRequest request,
        io.grpc.stub.StreamObserver<io.github.genericconnector.v1.GetWrapUpReasonCodesResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getGetWrapUpReasonCodesMethod(), responseObserver);
    }

    /**
     * <pre>
     * Lists the reasons for sign-out.
     * </pre>
     */
    default void getLogoutReasonCodes(io.github.genericconnector.v1.GetLogoutReasonCodesRequest request,
        io.grpc.stub.StreamObserver<io.github.genericconnector.v1.GetLogoutReasonCodesResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getGetLogoutReasonCodesMethod(), responseObserver);
    }

    /**
     * <pre>
     * Lists the reasons for not being ready.
     * </pre>
     */
    default void getNotReadyReasonCodes(io.github.genericconnector.v1.GetNotReadyReasonCodesRequest request,
        io.grpc.stub.StreamObserver<io.github.genericconnector.v1.GetNotReadyReasonCodesResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getGetNotReadyReasonCodesMethod(), responseObserver);
    }
  }

  /**
   * Base class for the server implementation of the service ReasonService.
   * <pre>
   * The reasons that an agent may give. Read once per session, and again when Finesse refuses one of them.
   * </pre>
   */
  public static abstract class ReasonServiceImplBase
      implements io.grpc.BindableService, AsyncService {

    @java.lang.Override public final io.grpc.ServerServiceDefinition bindService() {
      return ReasonServiceGrpc.bindService(this);
    }
  }

  /**
   * A stub to allow clients to do asynchronous rpc calls to service ReasonService.
   * <pre>
   * The reasons that an agent may give. Read once per session, and again when Finesse refuses one of them.
   * </pre>
   */
  public static final class ReasonServiceStub
      extends io.grpc.stub.AbstractAsyncStub<ReasonServiceStub> {
    private ReasonServiceStub(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      super(channel, callOptions);
    }

    @java.lang.Override
    protected ReasonServiceStub build(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      return new ReasonServiceStub(channel, callOptions);
    }

    /**
     * <pre>
     * Lists the reasons for wrap-up.
     * </pre>
     */
    public void getWrapUpReasonCodes(io.github.genericconnector.v1.GetWrapUpReasonCodesRequest request,
        io.grpc.stub.StreamObserver<io.github.genericconnector.v1.GetWrapUpReasonCodesResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getGetWrapUpReasonCodesMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * Lists the reasons for sign-out.
     * </pre>
     */
    public void getLogoutReasonCodes(io.github.genericconnector.v1.GetLogoutReasonCodesRequest request,
        io.grpc.stub.StreamObserver<io.github.genericconnector.v1.GetLogoutReasonCodesResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getGetLogoutReasonCodesMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * Lists the reasons for not being ready.
     * </pre>
     */
    public void getNotReadyReasonCodes(io.github.genericconnector.v1.GetNotReadyReasonCodesRequest request,
        io.grpc.stub.StreamObserver<io.github.genericconnector.v1.GetNotReadyReasonCodesResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getGetNotReadyReasonCodesMethod(), getCallOptions()), request, responseObserver);
    }
  }

  /**
   * A stub to allow clients to do synchronous rpc calls to service ReasonService.
   * <pre>
   * The reasons that an agent may give. Read once per session, and again when Finesse refuses one of them.
   * </pre>
   */
  public static final class ReasonServiceBlockingV2Stub
      extends io.grpc.stub.AbstractBlockingStub<ReasonServiceBlockingV2Stub> {
    private ReasonServiceBlockingV2Stub(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      super(channel, callOptions);
    }

    @java.lang.Override
    protected ReasonServiceBlockingV2Stub build(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      return new ReasonServiceBlockingV2Stub(channel, callOptions);
    }

    /**
     * <pre>
     * Lists the reasons for wrap-up.
     * </pre>
     */
    public io.github.genericconnector.v1.GetWrapUpReasonCodesResponse getWrapUpReasonCodes(io.github.genericconnector.v1.GetWrapUpReasonCodesRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getGetWrapUpReasonCodesMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Lists the reasons for sign-out.
     * </pre>
     */
    public io.github.genericconnector.v1.GetLogoutReasonCodesResponse getLogoutReasonCodes(io.github.genericconnector.v1.GetLogoutReasonCodesRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getGetLogoutReasonCodesMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Lists the reasons for not being ready.
     * </pre>
     */
    public io.github.genericconnector.v1.GetNotReadyReasonCodesResponse getNotReadyReasonCodes(io.github.genericconnector.v1.GetNotReadyReasonCodesRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getGetNotReadyReasonCodesMethod(), getCallOptions(), request);
    }
  }

  /**
   * A stub to allow clients to do limited synchronous rpc calls to service ReasonService.
   * <pre>
   * The reasons that an agent may give. Read once per session, and again when Finesse refuses one of them.
   * </pre>
   */
  public static final class ReasonServiceBlockingStub
      extends io.grpc.stub.AbstractBlockingStub<ReasonServiceBlockingStub> {
    private ReasonServiceBlockingStub(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      super(channel, callOptions);
    }

    @java.lang.Override
    protected ReasonServiceBlockingStub build(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      return new ReasonServiceBlockingStub(channel, callOptions);
    }

    /**
     * <pre>
     * Lists the reasons for wrap-up.
     * </pre>
     */
    public io.github.genericconnector.v1.GetWrapUpReasonCodesResponse getWrapUpReasonCodes(io.github.genericconnector.v1.GetWrapUpReasonCodesRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getGetWrapUpReasonCodesMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Lists the reasons for sign-out.
     * </pre>
     */
    public io.github.genericconnector.v1.GetLogoutReasonCodesResponse getLogoutReasonCodes(io.github.genericconnector.v1.GetLogoutReasonCodesRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getGetLogoutReasonCodesMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Lists the reasons for not being ready.
     * </pre>
     */
    public io.github.genericconnector.v1.GetNotReadyReasonCodesResponse getNotReadyReasonCodes(io.github.genericconnector.v1.GetNotReadyReasonCodesRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getGetNotReadyReasonCodesMethod(), getCallOptions(), request);
    }
  }

  /**
   * A stub to allow clients to do ListenableFuture-style rpc calls to service ReasonService.
   * <pre>
   * The reasons that an agent may give. Read once per session, and again when Finesse refuses one of them.
   * </pre>
   */
  public static final class ReasonServiceFutureStub
      extends io.grpc.stub.AbstractFutureStub<ReasonServiceFutureStub> {
    private ReasonServiceFutureStub(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      super(channel, callOptions);
    }

    @java.lang.Override
    protected ReasonServiceFutureStub build(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      return new ReasonServiceFutureStub(channel, callOptions);
    }

    /**
     * <pre>
     * Lists the reasons for wrap-up.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<io.github.genericconnector.v1.GetWrapUpReasonCodesResponse> getWrapUpReasonCodes(
        io.github.genericconnector.v1.GetWrapUpReasonCodesRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getGetWrapUpReasonCodesMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * Lists the reasons for sign-out.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<io.github.genericconnector.v1.GetLogoutReasonCodesResponse> getLogoutReasonCodes(
        io.github.genericconnector.v1.GetLogoutReasonCodesRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getGetLogoutReasonCodesMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * Lists the reasons for not being ready.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<io.github.genericconnector.v1.GetNotReadyReasonCodesResponse> getNotReadyReasonCodes(
        io.github.genericconnector.v1.GetNotReadyReasonCodesRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getGetNotReadyReasonCodesMethod(), getCallOptions()), request);
    }
  }

  private static final int METHODID_GET_WRAP_UP_REASON_CODES = 0;
  private static final int METHODID_GET_LOGOUT_REASON_CODES = 1;
  private static final int METHODID_GET_NOT_READY_REASON_CODES = 2;

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
        case METHODID_GET_WRAP_UP_REASON_CODES:
          serviceImpl.getWrapUpReasonCodes((io.github.genericconnector.v1.GetWrapUpReasonCodesRequest) request,
              (io.grpc.stub.StreamObserver<io.github.genericconnector.v1.GetWrapUpReasonCodesResponse>) responseObserver);
          break;
        case METHODID_GET_LOGOUT_REASON_CODES:
          serviceImpl.getLogoutReasonCodes((io.github.genericconnector.v1.GetLogoutReasonCodesRequest) request,
              (io.grpc.stub.StreamObserver<io.github.genericconnector.v1.GetLogoutReasonCodesResponse>) responseObserver);
          break;
        case METHODID_GET_NOT_READY_REASON_CODES:
          serviceImpl.getNotReadyReasonCodes((io.github.genericconnector.v1.GetNotReadyReasonCodesRequest) request,
              (io.grpc.stub.StreamObserver<io.github.genericconnector.v1.GetNotReadyReasonCodesResponse>) responseObserver);
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
          getGetWrapUpReasonCodesMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              io.github.genericconnector.v1.GetWrapUpReasonCodesRequest,
              io.github.genericconnector.v1.GetWrapUpReasonCodesResponse>(
                service, METHODID_GET_WRAP_UP_REASON_CODES)))
        .addMethod(
          getGetLogoutReasonCodesMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              io.github.genericconnector.v1.GetLogoutReasonCodesRequest,
              io.github.genericconnector.v1.GetLogoutReasonCodesResponse>(
                service, METHODID_GET_LOGOUT_REASON_CODES)))
        .addMethod(
          getGetNotReadyReasonCodesMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              io.github.genericconnector.v1.GetNotReadyReasonCodesRequest,
              io.github.genericconnector.v1.GetNotReadyReasonCodesResponse>(
                service, METHODID_GET_NOT_READY_REASON_CODES)))
        .build();
  }

  private static abstract class ReasonServiceBaseDescriptorSupplier
      implements io.grpc.protobuf.ProtoFileDescriptorSupplier, io.grpc.protobuf.ProtoServiceDescriptorSupplier {
    ReasonServiceBaseDescriptorSupplier() {}

    @java.lang.Override
    public com.google.protobuf.Descriptors.FileDescriptor getFileDescriptor() {
      return io.github.genericconnector.v1.ReasonProto.getDescriptor();
    }

    @java.lang.Override
    public com.google.protobuf.Descriptors.ServiceDescriptor getServiceDescriptor() {
      return getFileDescriptor().findServiceByName("ReasonService");
    }
  }

  private static final class ReasonServiceFileDescriptorSupplier
      extends ReasonServiceBaseDescriptorSupplier {
    ReasonServiceFileDescriptorSupplier() {}
  }

  private static final class ReasonServiceMethodDescriptorSupplier
      extends ReasonServiceBaseDescriptorSupplier
      implements io.grpc.protobuf.ProtoMethodDescriptorSupplier {
    private final java.lang.String methodName;

    ReasonServiceMethodDescriptorSupplier(java.lang.String methodName) {
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
      synchronized (ReasonServiceGrpc.class) {
        result = serviceDescriptor;
        if (result == null) {
          serviceDescriptor = result = io.grpc.ServiceDescriptor.newBuilder(SERVICE_NAME)
              .setSchemaDescriptor(new ReasonServiceFileDescriptorSupplier())
              .addMethod(getGetWrapUpReasonCodesMethod())
              .addMethod(getGetLogoutReasonCodesMethod())
              .addMethod(getGetNotReadyReasonCodesMethod())
              .build();
        }
      }
    }
    return result;
  }
}
