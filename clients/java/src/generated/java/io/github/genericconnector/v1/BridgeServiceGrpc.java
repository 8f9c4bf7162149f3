package io.github.genericconnector.v1;

import static io.grpc.MethodDescriptor.generateFullMethodName;

/**
 * <pre>
 * Carries legacy commands and events, and tells who still sends them.
 * </pre>
 */
@io.grpc.stub.annotations.GrpcGenerated
public final class BridgeServiceGrpc {

  private BridgeServiceGrpc() {}

  public static final java.lang.String SERVICE_NAME = "gc.v1.BridgeService";

  // Static method descriptors that strictly reflect the proto.
  private static volatile io.grpc.MethodDescriptor<io.github.genericconnector.v1.ExchangeRequest,
      io.github.genericconnector.v1.ExchangeResponse> getExchangeMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "Exchange",
      requestType = io.github.genericconnector.v1.ExchangeRequest.class,
      responseType = io.github.genericconnector.v1.ExchangeResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.BIDI_STREAMING)
  public static io.grpc.MethodDescriptor<io.github.genericconnector.v1.ExchangeRequest,
      io.github.genericconnector.v1.ExchangeResponse> getExchangeMethod() {
    io.grpc.MethodDescriptor<io.github.genericconnector.v1.ExchangeRequest, io.github.genericconnector.v1.ExchangeResponse> getExchangeMethod;
    if ((getExchangeMethod = BridgeServiceGrpc.getExchangeMethod) == null) {
      synchronized (BridgeServiceGrpc.class) {
        if ((getExchangeMethod = BridgeServiceGrpc.getExchangeMethod) == null) {
          BridgeServiceGrpc.getExchangeMethod = getExchangeMethod =
              io.grpc.MethodDescriptor.<io.github.genericconnector.v1.ExchangeRequest, io.github.genericconnector.v1.ExchangeResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.BIDI_STREAMING)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "Exchange"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.github.genericconnector.v1.ExchangeRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.github.genericconnector.v1.ExchangeResponse.getDefaultInstance()))
              .setSchemaDescriptor(new BridgeServiceMethodDescriptorSupplier("Exchange"))
              .build();
        }
      }
    }
    return getExchangeMethod;
  }

  private static volatile io.grpc.MethodDescriptor<io.github.genericconnector.v1.GetMigrationReportRequest,
      io.github.genericconnector.v1.GetMigrationReportResponse> getGetMigrationReportMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "GetMigrationReport",
      requestType = io.github.genericconnector.v1.GetMigrationReportRequest.class,
      responseType = io.github.genericconnector.v1.GetMigrationReportResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<io.github.genericconnector.v1.GetMigrationReportRequest,
      io.github.genericconnector.v1.GetMigrationReportResponse> getGetMigrationReportMethod() {
    io.grpc.MethodDescriptor<io.github.genericconnector.v1.GetMigrationReportRequest, io.github.genericconnector.v1.GetMigrationReportResponse> getGetMigrationReportMethod;
    if ((getGetMigrationReportMethod = BridgeServiceGrpc.getGetMigrationReportMethod) == null) {
      synchronized (BridgeServiceGrpc.class) {
        if ((getGetMigrationReportMethod = BridgeServiceGrpc.getGetMigrationReportMethod) == null) {
          BridgeServiceGrpc.getGetMigrationReportMethod = getGetMigrationReportMethod =
              io.grpc.MethodDescriptor.<io.github.genericconnector.v1.GetMigrationReportRequest, io.github.genericconnector.v1.GetMigrationReportResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "GetMigrationReport"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.github.genericconnector.v1.GetMigrationReportRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.github.genericconnector.v1.GetMigrationReportResponse.getDefaultInstance()))
              .setSchemaDescriptor(new BridgeServiceMethodDescriptorSupplier("GetMigrationReport"))
              .build();
        }
      }
    }
    return getGetMigrationReportMethod;
  }

  /**
   * Creates a new async stub that supports all call types for the service
   */
  public static BridgeServiceStub newStub(io.grpc.Channel channel) {
    io.grpc.stub.AbstractStub.StubFactory<BridgeServiceStub> factory =
      new io.grpc.stub.AbstractStub.StubFactory<BridgeServiceStub>() {
        @java.lang.Override
        public BridgeServiceStub newStub(io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
          return new BridgeServiceStub(channel, callOptions);
        }
      };
    return BridgeServiceStub.newStub(factory, channel);
  }

  /**
   * Creates a new blocking-style stub that supports all types of calls on the service
   */
  public static BridgeServiceBlockingV2Stub newBlockingV2Stub(
      io.grpc.Channel channel) {
    io.grpc.stub.AbstractStub.StubFactory<BridgeServiceBlockingV2Stub> factory =
      new io.grpc.stub.AbstractStub.StubFactory<BridgeServiceBlockingV2Stub>() {
        @java.lang.Override
        public BridgeServiceBlockingV2Stub newStub(io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
          return new BridgeServiceBlockingV2Stub(channel, callOptions);
        }
      };
    return BridgeServiceBlockingV2Stub.newStub(factory, channel);
  }

  /**
   * Creates a new blocking-style stub that supports unary and streaming output calls on the service
   */
  public static BridgeServiceBlockingStub newBlockingStub(
      io.grpc.Channel channel) {
    io.grpc.stub.AbstractStub.StubFactory<BridgeServiceBlockingStub> factory =
      new io.grpc.stub.AbstractStub.StubFactory<BridgeServiceBlockingStub>() {
        @java.lang.Override
        public BridgeServiceBlockingStub newStub(io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
          return new BridgeServiceBlockingStub(channel, callOptions);
        }
      };
    return BridgeServiceBlockingStub.newStub(factory, channel);
  }

  /**
   * Creates a new ListenableFuture-style stub that supports unary calls on the service
   */
  public static BridgeServiceFutureStub newFutureStub(
      io.grpc.Channel channel) {
    io.grpc.stub.AbstractStub.StubFactory<BridgeServiceFutureStub> factory =
      new io.grpc.stub.AbstractStub.StubFactory<BridgeServiceFutureStub>() {
        @java.lang.Override
        public BridgeServiceFutureStub newStub(io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
          return new BridgeServiceFutureStub(channel, callOptions);
        }
      };
    return BridgeServiceFutureStub.newStub(factory, channel);
  }

  /**
   * <pre>
   * Carries legacy commands and events, and tells who still sends them.
   * </pre>
   */
  public interface AsyncService {

    /**
     * <pre>
     * Sends legacy commands and receives legacy events on one stream. The stream is the destination: a command for an id
     * is obeyed only if this stream proved that id's password (Connect or Login), or a supervisor's whose team holds it.
     * Bad input is answered with an Error line and ends nothing.
     * A client that ends its side gets the answers to what it sent, and the stream ends well. Otherwise it ends with
     * SLOW_CONSUMER when the client does not read, SHUTTING_DOWN when the service stops, INVALID_INPUT behind a request that
     * is too long to be read or when none comes in time, TOO_MANY_REQUESTS at once when there are as many legacy clients as
     * there may be. Nothing is resumed: a new stream begins with Connect.
     * </pre>
     */
    default io.grpc.stub.StreamObserver<io.github.genericconnector.v1.ExchangeRequest> exchange(
        io.grpc.stub.StreamObserver<io.github.genericconnector.v1.ExchangeResponse> responseObserver) {
      return io.grpc.stub.ServerCalls.asyncUnimplementedStreamingCall(getExchangeMethod(), responseObserver);
    }

    /**
     * <pre>
     * Tells which legacy clients still send which verbs, how often and when last, and which RPC replaces each. The
     * counters survive a restart where the service has a state directory. Clients name themselves and prove it to nobody.
     * </pre>
     */
    default void getMigrationReport(io.github.genericconnector.v1.GetMigrationReportRequest request,
        io.grpc.stub.StreamObserver<io.github.genericconnector.v1.GetMigrationReportResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getGetMigrationReportMethod(), responseObserver);
    }
  }

  /**
   * Base class for the server implementation of the service BridgeService.
   * <pre>
   * Carries legacy commands and events, and tells who still sends them.
   * </pre>
   */
  public static abstract class BridgeServiceImplBase
      implements io.grpc.BindableService, AsyncService {

    @java.lang.Override public final io.grpc.ServerServiceDefinition bindService() {
      return BridgeServiceGrpc.bindService(this);
    }
  }

  /**
   * A stub to allow clients to do asynchronous rpc calls to service BridgeService.
   * <pre>
   * Carries legacy commands and events, and tells who still sends them.
   * </pre>
   */
  public static final class BridgeServiceStub
      extends io.grpc.stub.AbstractAsyncStub<BridgeServiceStub> {
    private BridgeServiceStub(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      super(channel, callOptions);
    }

    @java.lang.Override
    protected BridgeServiceStub build(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      return new BridgeServiceStub(channel, callOptions);
    }

    /**
     * <pre>
     * Sends legacy commands and receives legacy events on one stream. The stream is the destination: a command for an id
     * is obeyed only if this stream proved that id's password (Connect or Login), or a supervisor's whose team holds it.
     * Bad input is answered with an Error line and ends nothing.
     * A client that ends its side gets the answers to what it sent, and the stream ends well. Otherwise it ends with
     * SLOW_CONSUMER when the client does not read, SHUTTING_DOWN when the service stops, INVALID_INPUT behind a request that
     * is too long to be read or when none comes in time, TOO_MANY_REQUESTS at once when there are as many legacy clients as
     * there may be. Nothing is resumed: a new stream begins with Connect.
     * </pre>
     */
    public io.grpc.stub.StreamObserver<io.github.genericconnector.v1.ExchangeRequest> exchange(
        io.grpc.stub.StreamObserver<io.github.genericconnector.v1.ExchangeResponse> responseObserver) {
      return io.grpc.stub.ClientCalls.asyncBidiStreamingCall(
          getChannel().newCall(getExchangeMethod(), getCallOptions()), responseObserver);
    }

    /**
     * <pre>
     * Tells which legacy clients still send which verbs, how often and when last, and which RPC replaces each. The
     * counters survive a restart where the service has a state directory. Clients name themselves and prove it to nobody.
     * </pre>
     */
    public void getMigrationReport(io.github.genericconnector.v1.GetMigrationReportRequest request,
        io.grpc.stub.StreamObserver<io.github.genericconnector.v1.GetMigrationReportResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getGetMigrationReportMethod(), getCallOptions()), request, responseObserver);
    }
  }

  /**
   * A stub to allow clients to do synchronous rpc calls to service BridgeService.
   * <pre>
   * Carries legacy commands and events, and tells who still sends them.
   * </pre>
   */
  public static final class BridgeServiceBlockingV2Stub
      extends io.grpc.stub.AbstractBlockingStub<BridgeServiceBlockingV2Stub> {
    private BridgeServiceBlockingV2Stub(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      super(channel, callOptions);
    }

    @java.lang.Override
    protected BridgeServiceBlockingV2Stub build(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      return new BridgeServiceBlockingV2Stub(channel, callOptions);
    }

    /**
     * <pre>
     * Sends legacy commands and receives legacy events on one stream. The stream is the destination: a command for an id
     * is obeyed only if this stream proved that id's password (Connect or Login), or a supervisor's whose team holds it.
     * Bad input is answered with an Error line and ends nothing.
     * A client that ends its side gets the answers to what it sent, and the stream ends well. Otherwise it ends with
     * SLOW_CONSUMER when the client does not read, SHUTTING_DOWN when the service stops, INVALID_INPUT behind a request that
     * is too long to be read or when none comes in time, TOO_MANY_REQUESTS at once when there are as many legacy clients as
     * there may be. Nothing is resumed: a new stream begins with Connect.
     * </pre>
     */
    @io.grpc.ExperimentalApi("https://github.com/grpc/grpc-java/issues/10918")
    public io.grpc.stub.BlockingClientCall<io.github.genericconnector.v1.ExchangeRequest, io.github.genericconnector.v1.ExchangeResponse>
        exchange() {
      return io.grpc.stub.ClientCalls.blockingBidiStreamingCall(
          getChannel(), getExchangeMethod(), getCallOptions());
    }

    /**
     * <pre>
     * Tells which legacy clients still send which verbs, how often and when last, and which RPC replaces each. The
     * counters survive a restart where the service has a state directory. Clients name themselves and prove it to nobody.
     * </pre>
     */
    public io.github.genericconnector.v1.GetMigrationReportResponse getMigrationReport(io.github.genericconnector.v1.GetMigrationReportRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getGetMigrationReportMethod(), getCallOptions(), request);
    }
  }

  /**
   * A stub to allow clients to do limited synchronous rpc calls to service BridgeService.
   * <pre>
   * Carries legacy commands and events, and tells who still sends them.
   * </pre>
   */
  public static final class BridgeServiceBlockingStub
      extends io.grpc.stub.AbstractBlockingStub<BridgeServiceBlockingStub> {
    private BridgeServiceBlockingStub(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      super(channel, callOptions);
    }

    @java.lang.Override
    protected BridgeServiceBlockingStub build(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      return new BridgeServiceBlockingStub(channel, callOptions);
    }

    /**
     * <pre>
     * Tells which legacy clients still send which verbs, how often and when last, and which RPC replaces each. The
     * counters survive a restart where the service has a state directory. Clients name themselves and prove it to nobody.
     * </pre>
     */
    public io.github.genericconnector.v1.GetMigrationReportResponse getMigrationReport(io.github.genericconnector.v1.GetMigrationReportRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getGetMigrationReportMethod(), getCallOptions(), request);
    }
  }

  /**
   * A stub to allow clients to do ListenableFuture-style rpc calls to service BridgeService.
   * <pre>
   * Carries legacy commands and events, and tells who still sends them.
   * </pre>
   */
  public static final class BridgeServiceFutureStub
      extends io.grpc.stub.AbstractFutureStub<BridgeServiceFutureStub> {
    private BridgeServiceFutureStub(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      super(channel, callOptions);
    }

    @java.lang.Override
    protected BridgeServiceFutureStub build(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      return new BridgeServiceFutureStub(channel, callOptions);
    }

    /**
     * <pre>
     * Tells which legacy clients still send which verbs, how often and when last, and which RPC replaces each. The
     * counters survive a restart where the service has a state directory. Clients name themselves and prove it to nobody.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<io.github.genericconnector.v1.GetMigrationReportResponse> getMigrationReport(
        io.github.genericconnector.v1.GetMigrationReportRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getGetMigrationReportMethod(), getCallOptions()), request);
    }
  }

  private static final int METHODID_GET_MIGRATION_REPORT = 0;
  private static final int METHODID_EXCHANGE = 1;

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
        case METHODID_GET_MIGRATION_REPORT:
          serviceImpl.getMigrationReport((io.github.genericconnector.v1.GetMigrationReportRequest) request,
              (io.grpc.stub.StreamObserver<io.github.genericconnector.v1.GetMigrationReportResponse>) responseObserver);
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
        case METHODID_EXCHANGE:
          return (io.grpc.stub.StreamObserver<Req>) serviceImpl.exchange(
              (io.grpc.stub.StreamObserver<io.github.genericconnector.v1.ExchangeResponse>) responseObserver);
        default:
          throw new AssertionError();
      }
    }
  }

  public static final io.grpc.ServerServiceDefinition bindService(AsyncService service) {
    return io.grpc.ServerServiceDefinition.builder(getServiceDescriptor())
        .addMethod(
          getExchangeMethod(),
          io.grpc.stub.ServerCalls.asyncBidiStreamingCall(
            new MethodHandlers<
              io.github.genericconnector.v1.ExchangeRequest,
              io.github.genericconnector.v1.ExchangeResponse>(
                service, METHODID_EXCHANGE)))
        .addMethod(
          getGetMigrationReportMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              io.github.genericconnector.v1.GetMigrationReportRequest,
              io.github.genericconnector.v1.GetMigrationReportResponse>(
                service, METHODID_GET_MIGRATION_REPORT)))
        .build();
  }

  private static abstract class BridgeServiceBaseDescriptorSupplier
      implements io.grpc.protobuf.ProtoFileDescriptorSupplier, io.grpc.protobuf.ProtoServiceDescriptorSupplier {
    BridgeServiceBaseDescriptorSupplier() {}

    @java.lang.Override
    public com.google.protobuf.Descriptors.FileDescriptor getFileDescriptor() {
      return io.github.genericconnector.v1.BridgeProto.getDescriptor();
    }

    @java.lang.Override
    public com.google.protobuf.Descriptors.ServiceDescriptor getServiceDescriptor() {
      return getFileDescriptor().findServiceByName("BridgeService");
    }
  }

  private static final class BridgeServiceFileDescriptorSupplier
      extends BridgeServiceBaseDescriptorSupplier {
    BridgeServiceFileDescriptorSupplier() {}
  }

  private static final class BridgeServiceMethodDescriptorSupplier
      extends BridgeServiceBaseDescriptorSupplier
      implements io.grpc.protobuf.ProtoMethodDescriptorSupplier {
    private final java.lang.String methodName;

    BridgeServiceMethodDescriptorSupplier(java.lang.String methodName) {
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
      synchronized (BridgeServiceGrpc.class) {
        result = serviceDescriptor;
        if (result == null) {
          serviceDescriptor = result = io.grpc.ServiceDescriptor.newBuilder(SERVICE_NAME)
              .setSchemaDescriptor(new BridgeServiceFileDescriptorSupplier())
              .addMethod(getExchangeMethod())
              .addMethod(getGetMigrationReportMethod())
              .build();
        }
      }
    }
    return result;
  }
}
