package soliloquy.bios.iop;

/** The operations of a module's device, in their order in iop_device_ops_t. Source: ps2sdk {@code iomanX.h}. */
enum DeviceOperation {
    INIT,
    DEINIT,
    FORMAT,
    OPEN,
    CLOSE,
    READ,
    WRITE,
    SEEK,
    IOCTL,
    REMOVE,
    MAKE_DIRECTORY,
    REMOVE_DIRECTORY,
    OPEN_DIRECTORY,
    CLOSE_DIRECTORY,
    READ_DIRECTORY,
    STATUS,
    CHANGE_STATUS,
    RENAME,
    CHANGE_DIRECTORY,
    SYNC,
    MOUNT,
    UNMOUNT,
    SEEK_64,
    DEVICE_CONTROL,
    LINK,
    READ_LINK,
    IOCTL_2;

    /** True for an operation that devices of extended types alone have. */
    boolean isExtended() {
        return compareTo(RENAME) >= 0;
    }
}
