package io.github.genericconnector.v1;

import static io.grpc.MethodDescriptor.generateFullMethodName;

/**
 * <pre>
 * Questions about the service as a whole.
 * </pre>
 */
@io.grpc.stub.annotations.GrpcGenerated
public final class SystemServiceGrpc {

  private SystemServiceGrpc() {}

  public static final java.lang.String SERVICE_NAME = "gc.v1.SystemService";

  // Static method descriptors that strictly reflect the proto.
  private static volatile io.grpc.MethodDescriptor<io.github.genericconnector.v1.HelloRequest,
      io.github.genericconnector.v1.HelloResponse> getHelloMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "Hello",
      requestType = io.github.genericconnector.v1.HelloRequest.class,
      responseType = io.github.genericconnector.v1.HelloResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<io.github.genericconnector.v1.HelloRequest,
      io.github.genericconnector.v1.HelloResponse> getHelloMethod() {
    io.grpc.MethodDescriptor<io.github.genericconnector.v1.HelloRequest, io.github.genericconnector.v1.HelloResponse> getHelloMethod;
    if ((getHelloMethod = SystemServiceGrpc.getHelloMethod) == null) {
      synchronized (SystemServiceGrpc.class) {
        if ((getHelloMethod = SystemServiceGrpc.getHelloMethod) == null) {
          SystemServiceGrpc.getHelloMethod = getHelloMethod =
              io.grpc.MethodDescriptor.<io.github.genericconnector.v1.HelloRequest, io.github.genericconnector.v1.HelloResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "Hello"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.github.genericconnector.v1.HelloRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.github.genericconnector.v1.HelloResponse.getDefaultInstance()))
              .setSchemaDescriptor(new SystemServiceMethodDescriptorSupplier("Hello"))
              .build();
        }
      }
    }
    return getHelloMethod;
  }

  private static volatile io.grpc.MethodDescriptor<io.github.genericconnector.v1.BeatRequest,
      io.github.genericconnector.v1.BeatResponse> getBeatMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "Beat",
      requestType = io.github.genericconnector.v1.BeatRequest.class,
      responseType = io.github.genericconnector.v1.BeatResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<io.github.genericconnector.v1.BeatRequest,
      io.github.genericconnector.v1.BeatResponse> getBeatMethod() {
    io.grpc.MethodDescriptor<io.github.genericconnector.v1.BeatRequest, io.github.genericconnector.v1.BeatResponse> getBeatMethod;
    if ((getBeatMethod = SystemServiceGrpc.getBeatMethod) == null) {
      synchronized (SystemServiceGrpc.class) {
        if ((getBeatMethod = SystemServiceGrpc.getBeatMethod) == null) {
          SystemServiceGrpc.getBeatMethod = getBeatMethod =
              io.grpc.MethodDescriptor.<io.github.genericconnector.v1.BeatRequest, io.github.genericconnector.v1.BeatResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "Beat"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.github.genericconnector.v1.BeatRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.github.genericconnector.v1.BeatResponse.getDefaultInstance()))
              .setSchemaDescriptor(new SystemServiceMethodDescriptorSupplier("Beat"))
              .build();
        }
      }
    }
    return getBeatMethod;
  }

  private static volatile io.grpc.MethodDescriptor<io.github.genericconnector.v1.GetCapabilitiesRequest,
      io.github.genericconnector.v1.GetCapabilitiesResponse> getGetCapabilitiesMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "GetCapabilities",
      requestType = io.github.genericconnector.v1.GetCapabilitiesRequest.class,
      responseType = io.github.genericconnector.v1.GetCapabilitiesResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<io.github.genericconnector.v1.GetCapabilitiesRequest,
      io.github.genericconnector.v1.GetCapabilitiesResponse> getGetCapabilitiesMethod() {
    io.grpc.MethodDescriptor<io.github.genericconnector.v1.GetCapabilitiesRequest, io.github.genericconnector.v1.GetCapabilitiesResponse> getGetCapabilitiesMethod;
    if ((getGetCapabilitiesMethod = SystemServiceGrpc.getGetCapabilitiesMethod) == null) {
      synchronized (SystemServiceGrpc.class) {
        if ((getGetCapabilitiesMethod = SystemServiceGrpc.getGetCapabilitiesMethod) == null) {
          SystemServiceGrpc.getGetCapabilitiesMethod = getGetCapabilitiesMethod =
              io.grpc.MethodDescriptor.<io.github.genericconnector.v1.GetCapabilitiesRequest, io.github.genericconnector.v1.GetCapabilitiesResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "GetCapabilities"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.github.genericconnector.v1.GetCapabilitiesRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.github.genericconnector.v1.GetCapabilitiesResponse.getDefaultInstance()))
              .setSchemaDescriptor(new SystemServiceMethodDescriptorSupplier("GetCapabilities"))
              .build();
        }
      }
    }
    return getGetCapabilitiesMethod;
  }

  /**
   * Creates a new async stub that supports all call types for the service
   */
  public static SystemServiceStub newStub(io.grpc.Channel channel) {
    io.grpc.stub.AbstractStub.StubFactory<SystemServiceStub> factory =
      new io.grpc.stub.AbstractStub.StubFactory<SystemServiceStub>() {
        @java.lang.Override
        public SystemServiceStub newStub(io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
          return new SystemServiceStub(channel, callOptions);
        }
      };
    return SystemServiceStub.newStub(factory, channel);
  }

  /**
   * Creates a new blocking-style stub that supports all types of calls on the service
   */
  public static SystemServiceBlockingV2Stub newBlockingV2Stub(
      io.grpc.Channel channel) {
    io.grpc.stub.AbstractStub.StubFactory<SystemServiceBlockingV2Stub> factory =
      new io.grpc.stub.AbstractStub.StubFactory<SystemServiceBlockingV2Stub>() {
        @java.lang.Override
        public SystemServiceBlockingV2Stub newStub(io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
          return new SystemServiceBlockingV2Stub(channel, callOptions);
        }
      };
    return SystemServiceBlockingV2Stub.newStub(factory, channel);
  }

  /**
   * Creates a new blocking-style stub that supports unary and streaming output calls on the service
   */
  public static SystemServiceBlockingStub newBlockingStub(
      io.grpc.Channel channel) {
    io.grpc.stub.AbstractStub.StubFactory<SystemServiceBlockingStub> factory =
      new io.grpc.stub.AbstractStub.StubFactory<SystemServiceBlockingStub>() {
        @java.lang.Override
        public SystemServiceBlockingStub newStub(io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
          return new SystemServiceBlockingStub(channel, callOptions);
        }
      };
    return SystemServiceBlockingStub.newStub(factory, channel);
  }

  /**
   * Creates a new ListenableFuture-style stub that supports unary calls on the service
   */
  public static SystemServiceFutureStub newFutureStub(
      io.grpc.Channel channel) {
    io.grpc.stub.AbstractStub.StubFactory<SystemServiceFutureStub> factory =
      new io.grpc.stub.AbstractStub.StubFactory<SystemServiceFutureStub>() {
        @java.lang.Override
        public SystemServiceFutureStub newStub(io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
          return new SystemServiceFutureStub(channel, callOptions);
        }
      };
    return SystemServiceFutureStub.newStub(factory, channel);
  }

  /**
   * <pre>
   * Questions about the service as a whole.
   * </pre>
   */
  public interface AsyncService {

    /**
     * <pre>
     * Says whether Finesse can be used. Needs no Connect; the first thing a client asks.
     * </pre>
     */
    default void hello(io.github.genericconnector.v1.HelloRequest request,
        io.grpc.stub.StreamObserver<io.github.genericconnector.v1.HelloResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getHelloMethod(), responseObserver);
    }

    /**
     * <pre>
     * Says the same, and that the client is alive. Missing beats alone mean nothing unless the service is configured so.
     * </pre>
     */
    default void beat(io.github.genericconnector.v1.BeatRequest request,
        io.grpc.stub.StreamObserver<io.github.genericconnector.v1.BeatResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getBeatMethod(), responseObserver);
    }

    /**
     * <pre>
     * Says what this deployment can do: platform, releases, the RPCs that work here.
     * </pre>
     */
    default void getCapabilities(io.github.genericconnector.v1.GetCapabilitiesRequest request,
        io.grpc.stub.StreamObserver<io.github.genericconnector.v1.GetCapabilitiesResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getGetCapabilitiesMethod(), responseObserver);
    }
  }

  /**
   * Base class for the server implementation of the service SystemService.
   * <pre>
   * Questions about the service as a whole.
   * </pre>
   */
  public static abstract class SystemServiceImplBase
      implements io.grpc.BindableService, AsyncService {

    @java.lang.Override public final io.grpc.ServerServiceDefinition bindService() {
      return SystemServiceGrpc.bindService(this);
    }
  }

  /**
   * A stub to allow clients to do asynchronous rpc calls to service SystemService.
   * <pre>
   * Questions about the service as a whole.
   * </pre>
   */
  public static final class SystemServiceStub
      extends io.grpc.stub.AbstractAsyncStub<SystemServiceStub> {
    private SystemServiceStub(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      super(channel, callOptions);
    }

    @java.lang.Override
    protected SystemServiceStub build(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      return new SystemServiceStub(channel, callOptions);
    }

    /**
     * <pre>
     * Says whether Finesse can be used. Needs no Connect; the first thing a client asks.
     * </pre>
     */
    public void hello(io.github.genericconnector.v1.HelloRequest request,
        io.grpc.stub.StreamObserver<io.github.genericconnector.v1.HelloResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getHelloMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * Says the same, and that the client is alive. Missing beats alone mean nothing unless the service is configured so.
     * </pre>
     */
    public void beat(io.github.genericconnector.v1.BeatRequest request,
        io.grpc.stub.StreamObserver<io.github.genericconnector.v1.BeatResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getBeatMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * Says what this deployment can do: platform, releases, the RPCs that work here.
     * </pre>
     */
    public void getCapabilities(io.github.genericconnector.v1.GetCapabilitiesRequest request,
        io.grpc.stub.StreamObserver<io.github.genericconnector.v1.GetCapabilitiesResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getGetCapabilitiesMethod(), getCallOptions()), request, responseObserver);
    }
  }

  /**
   * A stub to allow clients to do synchronous rpc calls to service SystemService.
   * <pre>
   * Questions about the service as a whole.
   * </pre>
   */
  public static final class SystemServiceBlockingV2Stub
      extends io.grpc.stub.AbstractBlockingStub<SystemServiceBlockingV2Stub> {
    private SystemServiceBlockingV2Stub(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      super(channel, callOptions);
    }

    @java.lang.Override
    protected SystemServiceBlockingV2Stub build(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      return new SystemServiceBlockingV2Stub(channel, callOptions);
    }

    /**
     * <pre>
     * Says whether Finesse can be used. Needs no Connect; the first thing a client asks.
     * </pre>
     */
    public io.github.genericconnector.v1.HelloResponse hello(io.github.genericconnector.v1.HelloRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getHelloMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Says the same, and that the client is alive. Missing beats alone mean nothing unless the service is configured so.
     * </pre>
     */
    public io.github.genericconnector.v1.BeatResponse beat(io.github.genericconnector.v1.BeatRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getBeatMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Says what this deployment can do: platform, releases, the RPCs that work here.
     * </pre>
     */
    public io.github.genericconnector.v1.GetCapabilitiesResponse getCapabilities(io.github.genericconnector.v1.GetCapabilitiesRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getGetCapabilitiesMethod(), getCallOptions(), request);
    }
  }

  /**
   * A stub to allow clients to do limited synchronous rpc calls to service SystemService.
   * <pre>
   * Questions about the service as a whole.
   * </pre>
   */
  public static final class SystemServiceBlockingStub
      extends io.grpc.stub.AbstractBlockingStub<SystemServiceBlockingStub> {
    private SystemServiceBlockingStub(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      super(channel, callOptions);
    }

    @java.lang.Override
    protected SystemServiceBlockingStub build(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      return new SystemServiceBlockingStub(channel, callOptions);
    }

    /**
     * <pre>
     * Says whether Finesse can be used. Needs no Connect; the first thing a client asks.
     * </pre>
     */
    public io.github.genericconnector.v1.HelloResponse hello(io.github.genericconnector.v1.HelloRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getHelloMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Says the same, and that the client is alive. Missing beats alone mean nothing unless the service is configured so.
     * </pre>
     */
    public io.github.genericconnector.v1.BeatResponse beat(io.github.genericconnector.v1.BeatRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getBeatMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Says what this deployment can do: platform, releases, the RPCs that work here.
     * </pre>
     */
    public io.github.genericconnector.v1.GetCapabilitiesResponse getCapabilities(io.github.genericconnector.v1.GetCapabilitiesRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getGetCapabilitiesMethod(), getCallOptions(), request);
    }
  }

  /**
   * A stub to allow clients to do ListenableFuture-style rpc calls to service SystemService.
   * <pre>
   * Questions about the service as a whole.
   * </pre>
   */
  public static final class SystemServiceFutureStub
      extends io.grpc.stub.AbstractFutureStub<SystemServiceFutureStub> {
    private SystemServiceFutureStub(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      super(channel, callOptions);
    }

    @java.lang.Override
    protected SystemServiceFutureStub build(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      return new SystemServiceFutureStub(channel, callOptions);
    }

    /**
     * <pre>
     * Says whether Finesse can be used. Needs no Connect; the first thing a client asks.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<io.github.genericconnector.v1.HelloResponse> hello(
        io.github.genericconnector.v1.HelloRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getHelloMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * Says the same, and that the client is alive. Missing beats alone mean nothing unless the service is configured so.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<io.github.genericconnector.v1.BeatResponse> beat(
        io.github.genericconnector.v1.BeatRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getBeatMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * Says what this deployment can do: platform, releases, the RPCs that work here.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<io.github.genericconnector.v1.GetCapabilitiesResponse> getCapabilities(
        io.github.genericconnector.v1.GetCapabilitiesRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getGetCapabilitiesMethod(), getCallOptions()), request);
    }
  }

  private static final int METHODID_HELLO = 0;
  private static final int METHODID_BEAT = 1;
  private static final int METHODID_GET_CAPABILITIES = 2;

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
        case METHODID_HELLO:
          serviceImpl.hello((io.github.genericconnector.v1.HelloRequest) request,
              (io.grpc.stub.StreamObserver<io.github.genericconnector.v1.HelloResponse>) responseObserver);
          break;
        case METHODID_BEAT:
          serviceImpl.beat((io.github.genericconnector.v1.BeatRequest) request,
              (io.grpc.stub.StreamObserver<io.github.genericconnector.v1.BeatResponse>) responseObserver);
          break;
        case METHODID_GET_CAPABILITIES:
          serviceImpl.getCapabilities((io.github.genericconnector.v1.GetCapabilitiesRequest) request,
              (io.grpc.stub.StreamObserver<io.github.genericconnector.v1.GetCapabilitiesResponse>) responseObserver);
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
          getHelloMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              io.github.genericconnector.v1.HelloRequest,
              io.github.genericconnector.v1.HelloResponse>(
                service, METHODID_HELLO)))
        .addMethod(
          getBeatMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              io.github.genericconnector.v1.BeatRequest,
              io.github.genericconnector.v1.BeatResponse>(
                service, METHODID_BEAT)))
        .addMethod(
          getGetCapabilitiesMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              io.github.genericconnector.v1.GetCapabilitiesRequest,
              io.github.genericconnector.v1.GetCapabilitiesResponse>(
                service, METHODID_GET_CAPABILITIES)))
        .build();
  }

  private static abstract class SystemServiceBaseDescriptorSupplier
      implements io.grpc.protobuf.ProtoFileDescriptorSupplier, io.grpc.protobuf.ProtoServiceDescriptorSupplier {
    SystemServiceBaseDescriptorSupplier() {}

    @java.lang.Override
    public com.google.protobuf.Descriptors.FileDescriptor getFileDescriptor() {
      return io.github.genericconnector.v1.SystemProto.getDescriptor();
    }

    @java.lang.Override
    public com.google.protobuf.Descriptors.ServiceDescriptor getServiceDescriptor() {
      return getFileDescriptor().findServiceByName("SystemService");
    }
  }

  private static final class SystemServiceFileDescriptorSupplier
      extends SystemServiceBaseDescriptorSupplier {
    SystemServiceFileDescriptorSupplier() {}
  }

  private static final class SystemServiceMethodDescriptorSupplier
      extends SystemServiceBaseDescriptorSupplier
      implements io.grpc.protobuf.ProtoMethodDescriptorSupplier {
    private final java.lang.String methodName;

    SystemServiceMethodDescriptorSupplier(java.lang.String methodName) {
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
      synchronized (SystemServiceGrpc.class) {
        result = serviceDescriptor;
        if (result == null) {
          serviceDescriptor = result = io.grpc.ServiceDescriptor.newBuilder(SERVICE_NAME)
              .setSchemaDescriptor(new SystemServiceFileDescriptorSupplier())
              .addMethod(getHelloMethod())
              .addMethod(getBeatMethod())
              .addMethod(getGetCapabilitiesMethod())
              .build();
        }
      }
    }
    return result;
  }
}
