#ifndef API_H
#define API_H

#include <stdint.h>

#include "api.cdef"

#endif
